"""Grades of the museum: what each constraint means, and how grades follow."""

from __future__ import annotations

from typing import Any

import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum.museum_expressions import grade, holds, validate

HUNTERS: dict[str, Any] = {
    "shows": {"dog": 1, "animal": 1, "snow": 2},
    "painter": ["Pieter Brueghel the Elder"],
    "work": ["Q1"],
    "title": "The Hunters' Return",
    "year": 1565,
    "century": ["16th"],
    "museum": ["Kunsthistorisches Museum"],
    "style": ["Northern Renaissance"],
    "genre": ["Landscape painting", "Genre art"],
    "material": [],
    "depicts": ["Crow"],
}


@pytest.mark.parametrize(
    ("constraint", "so"),
    [
        ({"shows": "dog"}, True),
        ({"shows": "animal"}, True),
        ({"shows": "horse"}, False),
        ({"shows": "dog", "main": True}, False),
        ({"shows": "snow", "main": True}, True),
        ({"painter": "Pieter Brueghel the Elder"}, True),
        ({"painter": ["Titian", "Rembrandt"]}, False),
        ({"genre": "Genre art"}, True),
        ({"style": ["Baroque", "Northern Renaissance"]}, True),
        ({"material": "Canvas"}, False),
        ({"depicts": ["Crow", "Raven"]}, True),
        ({"century": "16th"}, True),
        ({"years": [1560, 1565]}, True),
        ({"years": [1566, 1600]}, False),
        ({"titled": "hunters"}, True),
        ({"titled": ["hunt", "turn"]}, False),
        ({"titled": ["return"]}, True),
        ({"any": [{"shows": "horse"}, {"shows": "dog"}]}, True),
        ({"all": [{"shows": "horse"}, {"shows": "dog"}]}, False),
    ],
)
def test_a_constraint_holds(constraint: dict[str, Any], so: bool) -> None:
    assert holds(constraint, HUNTERS) is so


def test_no_year_is_in_no_period() -> None:
    assert not holds({"years": [0, 3000]}, {**HUNTERS, "year": None})


DOG, SNOW, HORSE, CAT = ({"shows": name} for name in ("dog", "snow", "horse", "cat"))


@pytest.mark.parametrize(
    ("relevance", "wanted"),
    [
        ({"subject": [DOG]}, 3),
        ({"subject": [DOG, SNOW]}, 3),
        ({"subject": [DOG], "soft": [SNOW]}, 3),
        ({"subject": [DOG], "soft": [SNOW, HORSE]}, 2),
        ({"subject": [DOG], "soft": [CAT, HORSE]}, 1),
        ({"subject": [DOG], "soft": [CAT, HORSE, {"century": "1st"}]}, 1),
        ({"subject": [DOG], "not": [SNOW]}, 1),
        ({"subject": [HORSE]}, 0),
        ({"subject": [HORSE], "near": [DOG]}, 1),
    ],
)
def test_grades_follow(relevance: dict[str, Any], wanted: int) -> None:
    assert grade(relevance, HUNTERS) == wanted


KNOWN = {"shows": {"dog"}, "painter": {"Titian"}, "genre": {"Portrait"}}


@pytest.mark.parametrize(
    ("relevance", "said"),
    [
        ({"subject": []}, "t: has no subject"),
        ({"subject": [{"shows": "cow"}]}, "t: shows: 'cow' is so of no painting"),
        ({"subject": [{"painter": ["Titian", "Nobody"]}]}, "t: painter: 'Nobody' is so of no"),
        ({"subject": [{"hue": "red"}]}, "t: unknown fact 'hue'"),
        ({"subject": [{"shows": "dog", "genre": "Portrait"}]}, "names 2 facts; name one"),
        ({"subject": [{"years": [1900, 1800]}]}, r"t: years: \[1900, 1800\] are no two years"),
        ({"subject": [{"titled": []}]}, "t: titled: names no word"),
        ({"subject": [{"any": [{"shows": "cow"}]}]}, "t: shows: 'cow' is so of no painting"),
        ({"subject": [{"shows": "dog"}], "nearby": []}, "t: unknown key 'nearby'; use subject"),
        ({"subject": {"shows": "dog"}}, "t: subject is no list of constraints"),
    ],
)
def test_what_cannot_be_graded_is_named(relevance: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        validate("t", relevance, KNOWN)


def test_what_can_be_graded_passes() -> None:
    validate("t", {"subject": [{"shows": "dog", "main": True}], "not": [{"years": [1, 2]}]}, KNOWN)
