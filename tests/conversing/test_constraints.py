"""Constraints of a graph are carried from turn to turn, and revised by what is said."""

from __future__ import annotations

import pytest

from benchmark.conversing.constraints import Catalogue, Constraint
from tests.graph_search.small import IDS, store


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(store(), IDS)


def said(constraints: list[Constraint]) -> list[tuple[str, list[str]]]:
    """Kind and paintings that meet each, fully or in part."""
    return [
        (one.kind, [name for name, met in zip(IDS, one.met, strict=True) if met > 0.5])
        for one in constraints
    ]


def test_what_was_said_is_carried_along(catalogue: Catalogue) -> None:
    held, refused = catalogue.constraints(["a dog", "by Vincent van Gogh"])
    assert said(held) == [("depicts", ["p-hound"]), ("creator", ["p-hound"])]
    assert refused == []


def test_a_painter_or_a_date_takes_the_place_of_an_earlier_one(catalogue: Catalogue) -> None:
    held, _ = catalogue.constraints(["a lion by van Gogh", "by Jan Steen", "of the 1660s"])
    assert [kind for kind, _ in said(held)] == ["depicts", "creator", "date"]
    assert said(held)[1][1] == ["p-lion"]
    held, _ = catalogue.constraints(["of the 1660s", "of 1888"])
    assert said(held) == [("date", ["p-hound"])]


def test_what_is_depicted_adds_up(catalogue: Catalogue) -> None:
    held, _ = catalogue.constraints(["a church", "with a woman"])
    assert said(held) == [("depicts", ["p-church"]), ("depicts", ["p-church"])]


def test_what_is_refused_no_longer_holds_until_it_is_wanted_again(catalogue: Catalogue) -> None:
    held, refused = catalogue.constraints(["a church", "no church, a lion"])
    assert said(held)[0][1] != ["p-church"] and len(held) == 1
    assert said(refused) == [("depicts", ["p-church"])]
    held, refused = catalogue.constraints(["a church", "no church, a lion", "a church after all"])
    assert [one for one in said(held) if one[1] == ["p-church"]] and refused == []


def test_a_turn_that_takes_back_lets_go_of_the_last(catalogue: Catalogue) -> None:
    held, _ = catalogue.constraints(["a landscape", "with a dog", "actually, a church"])
    assert said(held) == [("genre", ["p-hound"]), ("depicts", ["p-church"])]


def test_how_far_paintings_meet_what_holds(catalogue: Catalogue) -> None:
    met = catalogue.met(["a landscape", "with a dog", "without a woman"])
    assert met.tolist() == [-0.5, 1, 0, 0]
    assert catalogue.met(["qwxz"]).tolist() == [0, 0, 0, 0]
    assert catalogue.met(["a dog", "no dog", "a dog", "no dog"]).tolist() == [0, -0.5, 0, 0]


def test_both_languages_mean_the_same(catalogue: Catalogue) -> None:
    english = catalogue.met(["a landscape", "with a dog"])
    french = catalogue.met(["un paysage", "avec un chien"])
    assert (english == french).all()
