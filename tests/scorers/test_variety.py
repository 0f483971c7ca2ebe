from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.knowledge import Knowledge
from benchmark.records import Run
from benchmark.scorers.variety import distance, entropy, expected_entropy, variety

counts = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def run_of(lists: dict[str, list[str]]) -> Run:
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    return Run(tuple(lists), tuple(map(tuple, lists.values())), scores)


def test_entropy_by_hand() -> None:
    assert entropy([1, 1, 1, 1]) == 2
    assert entropy([7]) == 0
    assert entropy([]) == 0
    assert entropy([2, 1, 1]) == pytest.approx(1.5)


@given(counts, st.integers(1, 6))
def test_expected_entropy_is_the_mean_over_every_draw(of: list[int], draw: int) -> None:
    values = [value for value, count in enumerate(of) for _ in range(count)]
    draw = min(draw, len(values))
    every = [entropy(Counter(drawn).values()) for drawn in combinations(values, draw)]
    assert expected_entropy(of, draw) == pytest.approx(np.mean(every), abs=1e-9)


def test_distance_by_hand() -> None:
    a, b, c = frozenset("wx"), frozenset("wy"), frozenset("wx")
    assert distance([a, b]) == pytest.approx(1 - 1 / 3)
    assert distance([a, b, c]) == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)
    assert distance([frozenset(), frozenset()]) == 0


def test_variety_of_a_list() -> None:
    known = Knowledge(
        {"painters": {"a": "Ann", "b": "Bob", "c": "Ann", "d": "Dan"}, "styles": {}},
        {"a": frozenset("x"), "b": frozenset("y"), "c": frozenset("x"), "d": frozenset("xy")},
    )
    run = run_of({"q": ["a", "b"], "none": [], "one": ["a"]})
    qrels = {"q": {"a": 3, "c": 2, "d": 1}, "none": {"a": 3, "b": 3}, "one": {"a": 3}}
    scores = variety(run, qrels, known, ["q", "none", "one"])
    # Two Anns were asked for, an Ann and a Bob are shown: one bit more.
    assert scores["painters@10"] == {"q": pytest.approx(1.0)}
    assert scores["styles@10"] == {}
    assert scores["ild@10"] == {"q": pytest.approx(1.0)}


def test_no_graph_no_distance() -> None:
    known = Knowledge({"painters": {"a": "Ann"}}, {})
    assert "ild@10" not in variety(run_of({"q": ["a"]}), {"q": {"a": 3}}, known, ["q"])


def test_a_perfect_list_is_as_varied_as_what_was_asked_for() -> None:
    paintings = [f"p{i}" for i in range(10)]
    known = Knowledge({"painters": {p: str(i % 3) for i, p in enumerate(paintings)}}, {})
    run = run_of({"q": paintings})
    scores = variety(run, {"q": dict.fromkeys(paintings, 3)}, known, ["q"])
    assert scores["painters@10"]["q"] == pytest.approx(0)
    assert entropy([4, 3, 3]) == pytest.approx(1.571, abs=1e-3) and math.log2(3) > 1.571
