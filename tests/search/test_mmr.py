from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmark.search.mmr import mmr

ROWS = np.array([[1, 0], [1, 0.01], [0, 1]], np.float32)
SCORES = np.array([0.9, 0.85, 0.8], np.float32)


def test_weight_one_leaves_the_order() -> None:
    assert mmr(SCORES, ROWS, 1.0, 3) == [0, 1, 2]


def test_the_different_one_comes_forward() -> None:
    assert mmr(SCORES, ROWS, 0.5, 3) == [0, 2, 1]
    assert mmr(SCORES, ROWS, 0.5, 2) == [0, 2]


def test_equal_scores_and_short_lists() -> None:
    assert mmr(np.ones(3, np.float32), ROWS, 0.7, 10) == [0, 2, 1]
    assert mmr(SCORES[:1], ROWS[:1], 0.7, 10) == [0]


@given(st.integers(1, 12), st.floats(0, 1), st.integers(0, 99))
def test_every_candidate_once(count: int, weight: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = np.sort(random.random(count).astype(np.float32))[::-1]
    rows = random.normal(size=(count, 3)).astype(np.float32)
    assert sorted(mmr(scores, rows, weight, count)) == list(range(count))
