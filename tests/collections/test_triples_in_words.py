"""Triples of a catalogue in words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from benchmark.collections.triples_in_words import InWords, Why, verb
from benchmark.demo.phrases import says

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix schema: <https://schema.org/> .
@prefix c: <urn:c:> .
c:dog skos:prefLabel "dog"@en , "chien"@fr ; skos:broader c:animal .
c:animal skos:prefLabel "animal"@en .
c:p1 schema:identifier "p1" ; schema:name "Rover <b>" ; crm:P62_depicts c:dog .
"""
TRIPLES = [
    ("<urn:c:p1>", "<https://schema.org/name>", '"Rover <b>"'),
    ("<urn:c:p1>", "<http://www.cidoc-crm.org/cidoc-crm/P62_depicts>", "<urn:c:dog>"),
    ("<urn:c:dog>", "<http://www.w3.org/2004/02/skos/core#broader>", "<urn:c:animal>"),
    ("<urn:c:p1>", "<https://schema.org/dateCreated>", '"1889"'),
    ("<urn:c:p1>", "<http://www.cidoc-crm.org/cidoc-crm/P62_depicts>", "<urn:c:dog>"),
    ("<urn:c:p1>", "<https://schema.org/name>", '"Médor"@fr'),
]


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_one_line_says_why_each_thing_once_and_a_title_last(store: ox.Store) -> None:
    assert InWords(store).why(TRIPLES).line == (
        "depicts dog; dog broader animal; date created 1889; titled “Rover <b>”"
    )
    assert InWords(store).why([]).line == ""


def test_without_a_graph_addresses_are_all_there_is() -> None:
    assert InWords(ox.Store()).why(TRIPLES[1:2]).line == "p1 depicts dog"


def test_in_the_words_of_the_demo_in_two_languages(store: ox.Store) -> None:
    words = InWords(store, says)
    assert words.why(TRIPLES, "en") == Why(
        ("dog",), ("shows dog", "dog is a kind of animal", "date 1889", "title “Rover <b>”")
    )
    assert words.why(TRIPLES, "fr") == Why(
        ("chien",),
        ("montre chien", "chien est une sorte de animal", "date 1889", "titre “Rover <b>”"),
    )


@pytest.mark.parametrize(
    ("predicate", "words"),
    [
        ("P62_depicts", "depicts"),
        ("P107i_is_current_or_former_member_of", "is current or former member of"),
        ("pupilOf", "pupil of"),
        ("name", "titled"),
    ],
)
def test_predicates_are_said_by_the_end_of_their_address(predicate: str, words: str) -> None:
    assert verb(predicate) == words


@pytest.mark.parametrize(
    ("term", "label"),
    [
        ("<urn:c:nameless-thing>", "nameless thing"),
        ('"1350"^^<http://www.w3.org/2001/XMLSchema#gYear>', "1350"),
        ('"a \\"quoted\\" \\u0041"@en', 'a "quoted" A'),
        ('"turned \\u202E round"', "turned \\u202e round"),
        ('"' + "x" * 500 + '"', "x" * 80),
        ("no term at all", "no term at all"),
    ],
)
def test_terms_without_a_label(store: ox.Store, term: str, label: str) -> None:
    assert InWords(store).label(term) == label
