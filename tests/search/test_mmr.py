from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmark.search.mmr import mmr

ROWS = np.array([[1, 0], [1, 0.01], [0, 1]], np.float32)
SCORES = np.array([0.9, 0.85, 0.8], np.float32)


def one(scores: np.ndarray, rows: np.ndarray, weight: float, count: int) -> list[int]:
    """The picks out of a single list."""
    return mmr(scores[None], rows, np.arange(len(rows))[None], (weight,), count)[0, 0].tolist()


def test_weight_one_leaves_the_order() -> None:
    assert one(SCORES, ROWS, 1.0, 3) == [0, 1, 2]


def test_the_different_one_comes_forward() -> None:
    assert one(SCORES, ROWS, 0.5, 3) == [0, 2, 1]
    assert one(SCORES, ROWS, 0.5, 2) == [0, 2]


def test_equal_scores_and_short_lists() -> None:
    assert one(np.ones(3, np.float32), ROWS, 0.7, 10) == [0, 2, 1]
    assert one(SCORES[:1], ROWS[:1], 0.7, 10) == [0]


@given(st.integers(1, 12), st.floats(0, 1), st.integers(0, 99))
def test_every_candidate_once(count: int, weight: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = np.sort(random.random(count).astype(np.float32))[::-1]
    rows = random.normal(size=(count, 3)).astype(np.float32)
    assert sorted(one(scores, rows, weight, count)) == list(range(count))


def greedy(scores: np.ndarray, rows: np.ndarray, weight: float, count: int) -> list[int]:
    """Carbonell and Goldstein's rule, one candidate after another."""
    scaled = (scores - scores[-1]) / (scores[0] - scores[-1])
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    chosen: list[int] = []
    while len(chosen) < count:
        left = [i for i in range(len(scores)) if i not in chosen]
        near = {i: max((float(unit[i] @ unit[j]) for j in chosen), default=0.0) for i in left}
        chosen.append(max(left, key=lambda i: weight * scaled[i] - (1 - weight) * near[i]))
    return chosen


def test_many_lists_and_weights_at_once_are_as_one_by_one() -> None:
    random = np.random.default_rng(0)
    images = random.normal(size=(500, 8)).astype(np.float32)
    rows = np.array([random.permutation(500)[:40] for _ in range(300)])
    scores = -np.sort(-random.random((300, 40)).astype(np.float32), axis=1)
    weights = (1.0, 0.7, 0.3)
    found = mmr(scores, images, rows, weights, 10)
    assert found.shape == (3, 300, 10)
    for place, weight in enumerate(weights):
        for query in (0, 127, 128, 299):
            wanted = greedy(scores[query], images[rows[query]], weight, 10)
            assert found[place, query].tolist() == wanted
