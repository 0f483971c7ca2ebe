"""The terms of the knowledge graph: namespaces, and how names become addresses."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox

from benchmark.collections.atelier import vocabulary as words

CRM = "http://www.cidoc-crm.org/cidoc-crm/"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWN = "urn:cimaise:"
PREFIXES = {"crm": CRM, "schema": SCHEMA, "skos": SKOS, "dct": DCT, "rdfs": RDFS, "xsd": XSD,
            "cim": OWN}  # fmt: skip
AFTER = "James Hall, Dictionary of Subjects and Symbols in Art, 1974"

# The attributes of a whole painting whose values are concepts, with their labels.
ATTRIBUTES: dict[str, dict[str, tuple[str, str]]] = {
    "genre": words.GENRES,
    "setting": words.SETTINGS,
    "style": words.STYLES,
    "season": words.SEASONS,
    "hour": words.HOURS,
    "weather": words.WEATHERS,
    "mood": words.MOODS,
    "palette": words.PALETTES,
}


def slug(name: str) -> str:
    """A name as one word of an address: "left of" becomes "left-of"."""
    return quote(name.replace(" ", "-").replace("'", ""), safe="-")


def concept_iri(kind: str, name: str) -> ox.NamedNode:
    """The address of a concept, colour, figure, painter, school or attribute value."""
    return ox.NamedNode(f"{OWN}{kind}:{slug(name)}")


def painting_iri(name: str) -> ox.NamedNode:
    """The address of a painting of the atelier."""
    return ox.NamedNode(f"{OWN}painting:{name}")
