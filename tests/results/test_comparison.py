from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benchmark.results.comparison import Comparison, compare_all, health, places
from benchmark.results.paired_tests import paired_p_value
from benchmark.results.pareto import front
from benchmark.results.schema import Interval
from benchmark.statistics import interval


def values(seed: int, shift: float, count: int = 40) -> dict[str, float]:
    base = np.random.default_rng(1).random(count)
    own = np.random.default_rng(seed).normal(shift, 0.05, count)
    return {f"t{i:02d}": float(v) for i, v in enumerate(base + own)}


def pair(a: str, b: str, difference: float, corrected: float) -> Comparison:
    interval = Interval(mean=difference, low=difference, high=difference)
    return Comparison(a, b, interval, corrected, corrected, 1.0, 0.1)


def test_every_pair_with_its_test() -> None:
    systems = {"good": values(2, 0.3), "same": values(3, 0.0), "twin": values(4, 0.0)}
    compared = {(c.a, c.b): c for c in compare_all(systems)}
    assert set(compared) == {("good", "same"), ("good", "twin"), ("same", "twin")}
    best = compared["good", "same"]
    assert best.differs and best.difference.low > 0.2 and best.effect > 2
    assert not compared["same", "twin"].differs
    ordered = [np.array([systems[n][t] for t in sorted(systems[n])]) for n in ("same", "twin")]
    assert compared["same", "twin"].p == pytest.approx(paired_p_value(*ordered))
    assert compared["same", "twin"].corrected >= compared["same", "twin"].p


def test_blocks_of_pairs_are_the_pairs_of_each() -> None:
    """30 submissions are 435 pairs, in two blocks."""
    systems = {f"s{number:02d}": values(number, number / 500) for number in range(2, 32)}
    compared = compare_all(systems)
    for one in (compared[0], compared[255], compared[256], compared[-1]):
        a, b = (
            np.array([systems[name][t] for t in sorted(systems[name])]) for name in (one.a, one.b)
        )
        assert one.p == pytest.approx(paired_p_value(a, b), rel=1e-6)
        assert one.difference.model_dump() == pytest.approx(interval(a - b).model_dump(), abs=1e-9)
    assert [(c.a, c.b) for c in compared] == list(combinations(sorted(systems), 2))


def board(levels: list[float], topics: int, seed: int) -> dict[str, dict[str, float]]:
    """Submissions of these expected values; topics are harder or easier for all alike."""
    random = np.random.default_rng(seed)
    hard = random.beta(2, 2, topics)[:, None] - 0.5
    table = np.array(levels) + hard + random.normal(0, 0.2, (topics, len(levels)))
    return {
        f"s{number:03d}": {f"t{topic:03d}": float(v) for topic, v in enumerate(column)}
        for number, column in enumerate(table.T)
    }


def test_a_hundred_and_one_submissions_keep_their_places() -> None:
    """5,050 pairs: with 100,000 random sign flips all of them stood at places 1 to 101."""
    systems = board([0.9] + [0.5] * 99 + [0.1], topics=100, seed=1)
    found = places(list(systems), compare_all(systems))
    assert found["s000"] == (1, 1)
    assert found["s100"] == (101, 101)
    assert {found[f"s{number:03d}"] for number in range(1, 100)} == {(2, 100)}


def test_a_hundred_and_fifty_that_are_equal_are_not_told_apart() -> None:
    systems = board([0.5] * 150, topics=60, seed=2)
    assert set(places(list(systems), compare_all(systems)).values()) == {(1, 150)}


def test_places_are_as_wide_as_the_doubt() -> None:
    compared = [pair("a", "b", 0.1, 0.01), pair("a", "c", 0.2, 0.01), pair("b", "c", 0.1, 0.4)]
    assert places(["a", "b", "c"], compared) == {"a": (1, 1), "b": (2, 3), "c": (2, 3)}
    assert places(["a"], []) == {"a": (1, 1)}
    assert places(["a", "b"], [pair("a", "b", -0.1, 0.2)]) == {"a": (1, 2), "b": (1, 2)}


def test_one_alone_and_none() -> None:
    assert compare_all({"a": {"t": 1.0}}) == []
    assert compare_all({}) == []


def test_only_topics_that_all_answer_count() -> None:
    (only,) = compare_all({"a": {"t": 1.0, "u": 0.0}, "b": {"t": 0.5}})
    assert only.difference.mean == 0.5


def test_nobody_is_taken_off_the_front_by_chance() -> None:
    costs = {"dear": 10.0, "light": 1.0, "poor": 2.0}
    doubt = [pair("dear", "light", 0.1, 0.3), pair("light", "poor", 0.2, 0.01)]
    assert front(costs, doubt) == {"dear", "light"}
    sure = [pair("dear", "light", -0.1, 0.01)]
    assert front(costs, sure) == {"light", "poor"}
    assert front({"a": 1.0, "b": 1.0}, [pair("a", "b", 0.1, 0.01)]) == {"a"}


def test_health_of_a_query_set() -> None:
    systems = {
        "a": {"t1": 0.95, "t2": 0.05, "t3": 0.9, "t4": 0.8},
        "b": {"t1": 0.92, "t2": 0.02, "t3": 0.5, "t4": 0.4},
        "c": {"t1": 0.90, "t2": 0.00, "t3": 0.1, "t4": 0.2},
    }
    found = health(systems, {"t1": "x", "t2": "x", "t3": "y", "t4": "y"})
    assert found.failed == ["t2"]
    assert found.solved == ["t1"]
    assert found.difficulty["t3"] == pytest.approx(0.5)
    assert found.halves == 1.0
    assert found.categories == {"x": 1.0, "y": 1.0}


def test_two_submissions_have_no_order_to_rest_on() -> None:
    found = health({"a": {"t": 1.0}, "b": {"t": 0.5}}, {"t": "x"})
    assert (found.halves, found.categories) == (None, {})
