"""What the catalogue graph tells, and what it keeps to itself."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from statistics import mean, pstdev

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.atelier.cataloguing import catalogue, quotas, rate
from benchmark.collections.atelier.facts import published
from benchmark.collections.atelier.paths import CATALOGUE, GALLERY, GRAPH, SPLITS
from benchmark.collections.atelier.vocabulary import CONCEPTS, DEPICTABLE

DEPICTS = "http://www.cidoc-crm.org/cidoc-crm/P62_depicts"
FIGURE = "urn:cimaise:figure"


@cache
def triples(split: str, name: str) -> tuple[ox.Triple, ...]:
    quads = ox.parse(path=str(GALLERY / split / name), format=ox.RdfFormat.TURTLE)
    return tuple(quad.triple for quad in quads)


def of(split: str, name: str, verb: str) -> set[tuple[str, str]]:
    """(painting, value) of every painting."""
    return {
        (t.subject.value, t.object.value)
        for t in triples(split, name)
        if t.predicate.value == verb and t.subject.value.startswith("urn:cimaise:painting:")
    }


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("verb", [DEPICTS, FIGURE])
def test_60_percent_of_what_is_depicted_is_recorded(split: str, verb: str) -> None:
    recorded, whole = of(split, CATALOGUE, verb), of(split, GRAPH, verb)
    assert recorded < whole
    assert len(recorded) == round(0.6 * len(whole))
    assert 0.59 < len(recorded) / len(whole) < 0.61


def test_unevenly_by_concept() -> None:
    recorded = Counter(concept for _, concept in of("test", CATALOGUE, DEPICTS))
    whole = Counter(concept for _, concept in of("test", GRAPH, DEPICTS))
    shares = [recorded[c] / number for c, number in whole.items() if number >= 20]
    assert len(shares) > 60
    assert min(shares) == pytest.approx(3 / 22)
    assert max(shares) == pytest.approx(25 / 28)
    assert 0.15 < pstdev(shares) < 0.25  # by chance alone it would be 0.06
    assert set(recorded) == set(whole)


def test_rates_are_a_beta_of_their_own_and_the_same_everywhere() -> None:
    rates = [rate(f"urn:cimaise:concept:{name}") for name in DEPICTABLE]
    assert 0.55 < mean(rates) < 0.65
    assert 0.16 < pstdev(rates) < 0.24
    assert len(set(rates)) == len(DEPICTABLE) == 125
    own = {"urn:cimaise:concept:boat": 100, "urn:cimaise:concept:dog": 100}
    assert rate("urn:cimaise:concept:boat") == pytest.approx(0.3386, abs=1e-3)
    assert sum(quotas(own).values()) == 120


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 300), min_size=1))
def test_quotas_are_a_part_of_each_and_60_percent_of_all(counts: dict[str, int]) -> None:
    found = quotas(counts)
    assert set(found) == set(counts)
    assert all(0 <= found[concept] <= counts[concept] for concept in counts)
    assert sum(found.values()) == round(0.6 * sum(counts.values()))


@pytest.mark.parametrize("split", SPLITS)
def test_it_is_what_the_code_makes_of_the_exhaustive_graph(split: str) -> None:
    assert tuple(catalogue(GALLERY / split / GRAPH)) == triples(split, CATALOGUE)


@pytest.mark.parametrize("split", SPLITS)
def test_it_tells_nothing_that_is_not_so(split: str) -> None:
    assert set(triples(split, CATALOGUE)) < set(triples(split, GRAPH))


@pytest.mark.parametrize("split", SPLITS)
def test_nothing_exhaustive_leaks(split: str) -> None:
    """No colour, count, order, relation, light or mood, and no single thing."""
    said: dict[str, set[str]] = {}
    for triple in triples(split, CATALOGUE):
        if triple.subject.value.startswith("urn:cimaise:painting:"):
            said.setdefault(triple.subject.value, set()).add(triple.predicate.value)
    assert len(said) == {"test": 2_000, "dev": 500}[split]
    assert set.union(*said.values()) == {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "https://schema.org/identifier",
        "https://schema.org/name",
        "https://schema.org/creator",
        "https://schema.org/dateCreated",
        "urn:cimaise:genre",
        "urn:cimaise:style",
        DEPICTS,
        FIGURE,
    }
    always = set.intersection(*said.values())
    assert {"https://schema.org/name", "https://schema.org/creator", "urn:cimaise:style"} < always
    assert not any("/thing/" in f"{t.subject} {t.object}" for t in triples(split, CATALOGUE))
    addresses = [t.subject.value.split(":") for t in triples(split, CATALOGUE)]
    kinds = {parts[2] for parts in addresses if len(parts) == 4}
    assert kinds == {"concept", "figure", "genre", "style", "painter", "school", "painting"}


def test_the_order_tells_no_main_subject() -> None:
    """What a painting depicts stands by the alphabet; the first is the main one no oftener."""
    first: dict[str, str] = {}
    for triple in triples("test", CATALOGUE):
        if triple.predicate.value == DEPICTS:
            first.setdefault(triple.subject.value.rsplit(":")[-1], triple.object.value)
    for name in list(first)[:200]:
        ours = [t.object.value for t in triples("test", CATALOGUE)
                if t.predicate.value == DEPICTS and t.subject.value.endswith(name)]  # fmt: skip
        assert ours == sorted(ours)
    slugs = {name: "urn:cimaise:concept:" + name.replace(" ", "-") for name in CONCEPTS}
    facts = published("test")
    assert mean(first[name] == slugs[facts[name]["main"]] for name in first) < 0.65


def test_hierarchy_and_attributes_are_whole() -> None:
    """A museum knows its thesaurus, and what saints are known by."""
    for verb in ("http://www.w3.org/2004/02/skos/core#broader", "urn:cimaise:attribute"):
        ours, theirs = (
            {t for t in triples("test", name) if t.predicate.value == verb}
            for name in (CATALOGUE, GRAPH)
        )
        assert ours == theirs and ours


def test_they_are_small() -> None:
    assert max(Path(GALLERY / split / CATALOGUE).stat().st_size for split in SPLITS) < 1_500_000
