from __future__ import annotations

import math

import pytest

from benchmark.scorers.sessions import nsdcg


def test_the_best_lists_of_every_turn_are_one() -> None:
    assert nsdcg([(["a", "b"], {"a": 3, "b": 1}), (["c"], {"c": 2})]) == pytest.approx(1)


def test_a_later_turn_counts_less() -> None:
    grades = {"a": 3}
    first = nsdcg([(["a"], grades), ([], grades)])
    second = nsdcg([([], grades), (["a"], grades)])
    discount = 1 / (1 + math.log(2, 4))  # two thirds
    assert discount == pytest.approx(2 / 3)
    assert first == pytest.approx(1 / (1 + discount))
    assert second == pytest.approx(discount / (1 + discount))


def test_by_hand() -> None:
    # A grade of 2 on rank 2 of one turn: 2 / log2(3), over the best 3 + 2 / log2(3).
    assert nsdcg([(["x", "b"], {"a": 3, "b": 2})]) == pytest.approx(
        (2 / math.log2(3)) / (3 + 2 / math.log2(3))
    )


def test_only_ten_are_shown_and_nothing_wanted_is_nothing() -> None:
    assert nsdcg([([f"x{i}" for i in range(10)] + ["a"], {"a": 3})]) == 0
    assert nsdcg([(["a"], {"a": 0})]) == 0
    assert nsdcg([]) == 0
