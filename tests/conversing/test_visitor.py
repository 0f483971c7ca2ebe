"""What the simulated visitor does, literally."""

from __future__ import annotations

from benchmark.conversing.visitor import points_at, reactions

SHOWN = [f"p{number}" for number in range(12)]


def test_the_two_best_are_liked_and_what_stands_above_is_rejected() -> None:
    grades = {"p1": 1, "p3": 2, "p4": 3, "p5": 3, "p11": 3}
    assert reactions(SHOWN, grades) == (("p4", "p5"), ("p0", "p2"))


def test_only_ten_are_looked_at() -> None:
    assert reactions(SHOWN, {"p10": 3}) == ((), ("p0", "p1"))
    assert points_at(SHOWN, {"p10": 3}) is None


def test_nothing_above_the_best_is_rejected_below_it() -> None:
    assert reactions(SHOWN, {"p0": 3, "p2": 2}) == (("p0", "p2"), ())


def test_what_is_related_is_neither_liked_nor_rejected() -> None:
    assert reactions(["a", "b"], {"a": 1}) == ((), ("b",))


def test_she_points_at_the_best_and_the_first_of_equals() -> None:
    assert points_at(SHOWN, {"p1": 1, "p5": 2, "p7": 2}) == "p5"
    assert points_at(SHOWN, {"p1": 1}) == "p1"
    assert points_at([], {"p1": 1}) is None
