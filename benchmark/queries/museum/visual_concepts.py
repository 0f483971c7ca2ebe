"""The controlled vocabulary of what paintings show: a SKOS hierarchy in English and French.

    python -m benchmark.queries.museum.visual_concepts

writes queries/museum-core/vocabulary.ttl from vocabulary.csv beside it. A concept without a note is
a heading, and never annotated itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmark.collections.graph import write
from benchmark.errors import BadInput, one_line
from benchmark.parsing import text_lines
from benchmark.workspace import Workspace

CSV, TURTLE = "vocabulary.csv", "vocabulary.ttl"
_COLUMNS = ("concept", "broader", "en", "fr", "note", "wikidata", "iconclass")
PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
    "iconclass": "https://iconclass.org/",
    "concept": "urn:cimaise:concept:",
    "": "urn:cimaise:",
}
_SCHEME = ox.NamedNode("urn:cimaise:museum-core-vocabulary")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True)
class Concept:
    """One concept. `wikidata` and `iconclass` are empty where no counterpart is sure."""

    concept: str
    broader: str
    en: str
    fr: str
    note: str
    wikidata: str
    iconclass: str


def read(path: Path) -> dict[str, Concept]:
    """Concept -> what is known of it, in file order. Raises BadInput with the line."""
    rows = csv.DictReader(text_lines(path))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise BadInput(f"{path}:1", "has other columns", f"give {', '.join(_COLUMNS)}")
    found: dict[str, Concept] = {}
    for row in rows:
        concept = Concept(**{name: row[name] or "" for name in _COLUMNS})
        where = f"{path}:{rows.line_num}"
        if not concept.concept or concept.concept in found:
            raise BadInput(where, f"concept: '{concept.concept}' is empty or stands twice")
        if concept.broader and concept.broader not in found:
            raise BadInput(where, f"broader: '{concept.broader}' does not stand above it")
        found[concept.concept] = concept
    return found


def above(concepts: Mapping[str, Concept], name: str) -> Iterator[str]:
    """A concept, then all broader ones, the nearest first."""
    while name:
        yield name
        name = concepts[name].broader


def closed(concepts: Mapping[str, Concept], seen: Mapping[str, int]) -> dict[str, int]:
    """What is seen with all that is broader, each as salient as the most salient below it."""
    found: dict[str, int] = {}
    for name, salience in seen.items():
        for concept in above(concepts, name):
            found[concept] = max(salience, found.get(concept, 0))
    return found


def iri(concept: str) -> ox.NamedNode:
    """The node of a concept."""
    return ox.NamedNode(PREFIXES["concept"] + concept)


def skos(concepts: Mapping[str, Concept]) -> Iterator[ox.Triple]:
    """The vocabulary as SKOS, with its counterparts in Wikidata and Iconclass as close matches."""
    yield ox.Triple(_SCHEME, _TYPE, _term("ConceptScheme"))
    for concept in concepts.values():
        node = iri(concept.concept)
        yield ox.Triple(node, _TYPE, _term("Concept"))
        yield ox.Triple(node, _term("inScheme"), _SCHEME)
        yield ox.Triple(node, _term("notation"), ox.Literal(concept.concept))
        yield ox.Triple(node, _term("prefLabel"), ox.Literal(concept.en, language="en"))
        yield ox.Triple(node, _term("prefLabel"), ox.Literal(concept.fr, language="fr"))
        if concept.note:
            yield ox.Triple(node, _term("scopeNote"), ox.Literal(concept.note, language="en"))
        if concept.broader:
            yield ox.Triple(node, _term("broader"), iri(concept.broader))
        else:
            yield ox.Triple(node, _term("topConceptOf"), _SCHEME)
        if concept.wikidata:
            match = ox.NamedNode(PREFIXES["wd"] + concept.wikidata)
            yield ox.Triple(node, _term("closeMatch"), match)
        if concept.iconclass:
            match = ox.NamedNode(PREFIXES["iconclass"] + concept.iconclass)
            yield ox.Triple(node, _term("closeMatch"), match)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["skos"] + name)


if __name__ == "__main__":
    with one_line():
        folder = Workspace.find().queries / "museum-core"
        write(skos(read(folder / CSV)), folder / TURTLE, PREFIXES)
