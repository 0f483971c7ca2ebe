"""Judgments from facts: what they deny, what they leave open, and which zeros are kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.queries.museum.fact_judgments import NEAREST, denied, grade, nearest

POOR: dict[str, Any] = {
    "shows": {}, "title": "Interior", "year": None, "work": ["Q1"], "painter": [], "century": [],
    "style": [], "genre": [], "museum": [], "material": [], "depicts": ["Table"],
}  # fmt: skip
RICH: dict[str, Any] = {
    **POOR, "title": "The Chess Players", "year": 1660, "work": ["Q2"], "century": ["17th"],
    "painter": ["Jan Steen, Ann Other"], "style": ["Baroque"], "genre": ["Genre art"],
    "museum": ["Tate"], "material": ["Canvas"],
    "depicts": ["Table", "Man", "Hat", "Lute player", "Dog", "Window", "Jug", "Chair"],
}  # fmt: skip
CAT = {"any": [{"titled": ["cat", "cats"]}, {"depicts": "Cat"}]}


@pytest.mark.parametrize(
    ("constraint", "so"),
    [
        ({"depicts": "Cat"}, True),
        ({"depicts": "Dog"}, False),
        ({"depicts": "Lute"}, False),  # a tag has the word
        ({"depicts": "Chess"}, False),  # the title has the word
        ({"titled": "violin"}, True),
        ({"titled": "hat"}, False),  # a tag has the word
        ({"painter": "Titian"}, True),
        ({"painter": "Jan Steen"}, False),  # one of two painters
        ({"style": "Rococo"}, True),
        ({"museum": "Louvre"}, True),
        ({"work": "Q1"}, True),
        ({"century": "18th"}, True),
        ({"years": [1700, 1710]}, True),
        ({"years": [1650, 1670]}, False),
        ({"genre": "Still life"}, False),
        ({"material": "Copper"}, False),
        (CAT, True),
        ({"all": [{"depicts": "Dog"}, {"painter": "Titian"}]}, True),
        ({"any": [{"depicts": "Dog"}, {"painter": "Titian"}]}, False),
    ],
)
def test_what_is_denied_where_much_is_known(constraint: dict[str, Any], so: bool) -> None:
    assert denied(constraint, RICH) is so


@pytest.mark.parametrize(
    "constraint",
    [CAT, {"painter": "Titian"}, {"style": "Rococo"}, {"museum": "Louvre"}, {"century": "18th"},
     {"years": [1700, 1710]}],
)  # fmt: skip
def test_nothing_is_denied_where_little_is_known(constraint: dict[str, Any]) -> None:
    assert not denied(constraint, POOR)


def test_a_missing_tag_is_no_judgment() -> None:
    assert grade({"subject": [CAT]}, POOR) is None
    assert grade({"subject": [CAT]}, RICH) == 0
    assert grade({"subject": [CAT]}, {**POOR, "title": "A cat"}) == 3


def test_zero_needs_what_is_near_to_be_denied_too() -> None:
    still_life = {"subject": [CAT], "near": [{"genre": "Still life"}]}
    assert grade(still_life, RICH) is None
    assert grade({"subject": [CAT], "near": [{"depicts": "Tiger"}]}, RICH) == 0
    assert grade({"subject": [CAT], "near": [{"depicts": "Dog"}]}, RICH) == 1


def test_what_is_refused_has_to_be_denied() -> None:
    dog = {"depicts": "Dog"}
    no_cat = {"subject": [dog], "not": [{"depicts": "Cat"}]}
    assert grade(no_cat, RICH) == 3
    assert grade(no_cat, {**POOR, "depicts": ["Dog"]}) is None
    assert grade(no_cat, {**POOR, "depicts": ["Dog", "Cat"]}) == 1
    # A title speaks for itself.
    assert grade({"subject": [dog], "not": [{"titled": "cat"}]}, {**POOR, "depicts": ["Dog"]}) == 3


def known(name: str, genre: str, century: str) -> dict[str, Any]:
    return {**POOR, "work": [name], "genre": [genre], "century": [century]}


def test_the_nearest_zeros_are_kept() -> None:
    far = {f"far{i}": known(f"far{i}", "Portrait", "19th") for i in range(NEAREST)}
    near = {f"near{i}": known(f"near{i}", "Still life", "17th") for i in range(3)}
    paintings = {**far, "good": known("good", "Still life", "17th"), **near}
    grades = {name: 3 if name == "good" else 0 for name in paintings}
    kept = nearest("fruit", grades, paintings)
    assert list(kept) == [name for name in paintings if name in kept]
    assert len(kept) == NEAREST + 1
    assert kept["good"] == 3
    assert set(near) < set(kept)


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 3), max_size=120))
def test_only_zeros_are_left_out(grades: dict[str, int]) -> None:
    paintings = {name: known(name, "Portrait", "19th") for name in grades}
    kept = nearest("topic", grades, paintings)
    zeros = [name for name, value in grades.items() if value == 0]
    assert {n: g for n, g in kept.items() if g} == {n: g for n, g in grades.items() if g}
    assert len(kept) - sum(g > 0 for g in kept.values()) == min(len(zeros), NEAREST)
    assert kept == nearest("topic", dict(reversed(grades.items())), paintings)
