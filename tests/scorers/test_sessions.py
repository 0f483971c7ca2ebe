from __future__ import annotations

import math

import pytest

from benchmark.scorers.sessions import bri, hits, nsdcg, ranks


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


TALK = [
    (["x", "b", "a"], {"x": 3, "a": 3}),
    ([f"x{i}" for i in range(11)] + ["a"], {"a": 3}),
    (["y", "a"], {"y": 2, "a": 3, "z": 3}),
]
"""In the end a or z is looked for: third, twelfth, second."""


def test_the_best_rank_so_far_of_what_is_looked_for_in_the_end() -> None:
    assert ranks(TALK) == [3, 3, 2]
    assert ranks([([], {"a": 3}), (["x", "a"], {"a": 3})]) == [31, 2]
    assert ranks([(["a"], {})]) == [31]
    far = [*(f"x{i}" for i in range(30)), "a"]
    assert ranks([(far, {"a": 3})]) == [31]  # however long a list somebody brings


def test_hits_are_cumulative() -> None:
    late = [([f"x{i}" for i in range(10)] + ["a"], {"a": 3})]
    assert hits(late) == [0]
    assert hits([*late, (["a"], {"a": 3}), ([], {"a": 3})]) == [0, 1, 1]


def test_bri_by_hand() -> None:
    # p = 3, 3, 2 and T = 2: (log 3 + log 2) / 4 + log 3 / 2
    wanted = (math.log(3) + math.log(2)) / 4 + math.log(3) / 2
    assert bri(TALK) == pytest.approx(wanted)
    assert bri(TALK[:1]) == 0 and bri([]) == 0
    assert bri([(["b", "a"], {"a": 3})]) == pytest.approx(math.log(2))
