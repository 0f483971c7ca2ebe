"""The graph of what was seen in museum-core, for measures of variety; no model is given it.

    python -m benchmark.queries.museum.facts_graph

writes facts.ttl into the gallery from the settled annotations and the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from benchmark.collections.atelier.terms import CRM, OWN, SCHEMA, concept_iri, painting_iri
from benchmark.collections.graph import write
from benchmark.collections.museum.paths import CORE, FACTS, GALLERY
from benchmark.errors import one_line
from benchmark.queries.museum import visual_concepts
from benchmark.queries.museum.frozen_queries import known_facts
from benchmark.queries.museum.museum_expressions import Facts
from benchmark.queries.museum.visual_concepts import Concept
from benchmark.workspace import Workspace

PREFIXES = visual_concepts.PREFIXES | {"schema": SCHEMA, "crm": CRM, "cim": OWN}


def triples(paintings: Mapping[str, Facts], concepts: Mapping[str, Concept]) -> Iterator[ox.Triple]:
    """The vocabulary's hierarchy, then each painting with what it shows, and its movements and
    genres. Nothing tells the main subject."""
    broader = ox.NamedNode(visual_concepts.PREFIXES["skos"] + "broader")
    for concept in concepts.values():
        if concept.broader:
            iri = visual_concepts.iri
            yield ox.Triple(iri(concept.concept), broader, iri(concept.broader))
    for name, facts in paintings.items():
        node = painting_iri(name)
        yield ox.Triple(node, ox.NamedNode(f"{SCHEMA}identifier"), ox.Literal(name))
        for concept in sorted(facts["shows"]):
            if concepts[concept].note:
                seen = visual_concepts.iri(concept)
                yield ox.Triple(node, ox.NamedNode(f"{CRM}P62_depicts"), seen)
        for kind in ("style", "genre"):
            for value in facts[kind]:
                yield ox.Triple(node, ox.NamedNode(OWN + kind), concept_iri(kind, value))


def publish(queries: Path, to: Path) -> None:
    """Write the graph of museum-core, whose queries lie in a folder."""
    concepts = visual_concepts.read(queries / visual_concepts.CSV)
    write(triples(known_facts(queries), concepts), to, PREFIXES)


if __name__ == "__main__":
    with one_line():
        publish(Workspace.find().queries / "museum-core", CORE / GALLERY / FACTS)
