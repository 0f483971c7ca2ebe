from __future__ import annotations

import math

import pytest

from benchmark.graph_search.titles import Titles
from benchmark.graph_search.words import words
from tests.graph_search import small

ROWS = {f"urn:x:p{n}": n - 1 for n in range(1, 5)}
NAME = "<https://schema.org/name>"


def titles(more: str = "") -> Titles:
    return Titles(small.store(small.GRAPH + more), ROWS, 4)


def cover(said: str) -> list[float]:
    return titles().cover(words(said)).tolist()


def test_a_title_is_worth_the_share_of_the_words_that_it_has() -> None:
    assert cover("red gates") == [1, 0, 0, 0]
    assert cover("soir d'ete") == cover("Summer evenings") == [0, 0, 0, 1]
    assert cover("") == cover("🎨") == cover("the of") == [0, 0, 0, 0]


def test_a_word_that_no_title_has_weighs_as_the_rarest() -> None:
    met, unmet = math.log(5 / 1.5), math.log(5 / 0.5)
    assert cover("penitent unicorn") == [0, 0, pytest.approx(met / (met + unmet)), 0]


def test_a_painting_that_does_not_hang_takes_no_part() -> None:
    assert cover("red") == [1, 0, 0, 0]  # "The Red Dog" hangs elsewhere


def test_the_titles_that_have_any_of_the_words_are_named() -> None:
    assert titles().triples(3, words("one evening")) == [
        ("<urn:x:p4>", NAME, '"Summer Evening"@en')
    ]
    assert titles().triples(3, words("a gate")) == []


def test_a_name_that_is_no_text_is_none() -> None:
    """Regression: an address where a title is expected ended the search."""
    found = titles(":p1 s:name :somewhere . _:b s:identifier 'p-hound' ; s:name 'Blank' .")
    assert found.cover(words("somewhere blank")).tolist() == [0, 0, 0, 0]
