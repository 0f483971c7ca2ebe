"""Triples of a catalogue in words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from benchmark.demo.graph_words import GraphWords, Why

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix schema: <https://schema.org/> .
@prefix c: <urn:c:> .
c:dog skos:prefLabel "dog"@en , "chien"@fr ; skos:broader c:animal .
c:animal skos:prefLabel "animal"@en .
c:p1 schema:identifier "p1" ; schema:name "Rover <b>" ; crm:P62_depicts c:dog .
"""
DEPICTS = "<http://www.cidoc-crm.org/cidoc-crm/P62_depicts>"
BROADER = "<http://www.w3.org/2004/02/skos/core#broader>"


@pytest.fixture
def graph() -> GraphWords:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    return GraphWords(store)


def test_what_was_matched_and_by_which_way(graph: GraphWords) -> None:
    triples = [
        ("<urn:c:p1>", DEPICTS, "<urn:c:dog>"),
        ("<urn:c:dog>", BROADER, "<urn:c:animal>"),
        ("<urn:c:p1>", "<https://schema.org/name>", '"Rover <b>"'),
    ]
    assert graph.why(triples, "en") == Why(
        ("dog",), ("shows dog", "dog is a kind of animal", "title Rover <b>")
    )
    assert graph.why(triples, "fr") == Why(
        ("chien",), ("montre chien", "chien est une sorte de animal", "titre Rover <b>")
    )


@pytest.mark.parametrize(
    ("term", "label"),
    [
        ("<urn:c:nameless-thing>", "nameless-thing"),
        ('"1350"^^<http://www.w3.org/2001/XMLSchema#gYear>', "1350"),
        ('"a \\"quoted\\" \\u0041"@en', 'a "quoted" A'),
        ('"turned \\u202E round"', "turned \\u202e round"),
        ('"' + "x" * 500 + '"', "x" * 80),
        ("no term at all", "no term at all"),
    ],
)
def test_terms_without_a_label(graph: GraphWords, term: str, label: str) -> None:
    assert graph.label(term, "en") == label
