"""Choosing scenes for a gallery: every expression gets its answers and its near misses."""

from __future__ import annotations

from collections import Counter
from itertools import count
from random import Random
from typing import Any

import pytest

from benchmark.errors import BadInput
from benchmark.queries.answering import request_of, scenes
from benchmark.queries.expressions import grade
from benchmark.queries.selection import OneByOne, choose

BINDING: dict[str, Any] = {
    "subject": [{"concept": "boat"}, {"concept": "house"}],
    "soft": [{"concept": "boat", "colour": "red"}, {"concept": "house", "colour": "white"}],
}
NEGATION = {"subject": [{"setting": "harbour"}], "not": [{"concept": "boat"}]}


def test_a_wish_says_what_an_expression_asks() -> None:
    request = request_of({**BINDING, "not": [{"concept": "tree"}]}, Random(0))
    asked = {(ask.concept, ask.colour) for ask in request.things}
    assert asked == {("boat", "red"), ("house", "white")}
    assert request.absent == ("tree",)


def test_scenes_are_made_for_every_grade_of_a_binding() -> None:
    """Among them the swap: a white boat and a red house, worth 1."""
    found = list(scenes(BINDING, count(), 120))
    grades = Counter(value for value, _ in found)
    assert min(grades[3], grades[2], grades[1]) >= 3
    swapped = [
        scene
        for value, scene in found
        if value == 1
        and {(t.concept, t.colour) for t in scene.things} >= {("house", "red")}
        and not any(t.concept == "house" and t.colour == "white" for t in scene.things)
    ]
    assert swapped


def test_a_gallery_holds_what_is_asked_and_nothing_twice() -> None:
    asked = [{"topic": "b", "relevance": BINDING}, {"topic": "n", "relevance": NEGATION}]
    taken: set[str] = set()
    chosen = choose(asked, 60, OneByOne(5_000), taken)
    assert len(chosen) == 60
    assert {scene.key() for scene in chosen} == taken and len(taken) == 60
    for annotation in asked:
        grades = Counter(grade(annotation["relevance"], scene.facts()) for scene in chosen)
        assert grades[3] >= 3 and grades[1] >= 1, annotation["topic"]
    assert chosen == choose(asked, 60, OneByOne(5_000), set())


def test_what_the_world_cannot_show_is_named() -> None:
    impossible = {"subject": [{"genre": "portrait"}, {"concept": "volcano"}]}
    with pytest.raises(BadInput, match=r"^v: relevance: only 0 scenes meet all of it"):
        choose([{"topic": "v", "relevance": impossible}], 10, OneByOne(0), set())


def test_more_asked_than_can_hang_is_refused() -> None:
    with pytest.raises(BadInput, match=r"paintings, 2 are to hang"):
        choose([{"topic": "b", "relevance": BINDING}], 2, OneByOne(0), set())
