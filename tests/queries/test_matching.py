"""A part of a gallery with as many paintings of each grade as are wanted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmark.queries.matching import GRADES, matched


def found(grades: np.ndarray, rows: list[int]) -> list[list[int]]:
    return [[int((of == grade).sum()) for grade in GRADES] for of in grades[:, rows]]


def test_what_can_be_had_exactly_is() -> None:
    grades = np.zeros((2, 40), dtype=int)
    grades[0, :6], grades[0, 6:9], grades[1, 20:24] = 3, 2, 1
    wanted = np.array([[2, 1, 0], [0, 0, 3]])
    for seed in range(5):
        rows = matched(wanted, grades, 10, np.random.default_rng(seed))
        assert len(set(rows)) == 10
        assert found(grades, rows) == wanted.tolist()


@given(st.integers(0, 2**32 - 1))
def test_counts_come_nearer_than_by_chance(seed: int) -> None:
    """As another part of the same gallery has them, so that they can be had."""
    rng = np.random.default_rng(seed)
    grades = rng.choice(4, (12, 120), p=(0.8, 0.1, 0.05, 0.05))
    wanted = np.array(found(grades, [int(row) for row in rng.permutation(120)[:30]]))
    rows = matched(wanted, grades, 30, np.random.default_rng(seed + 1))
    assert len(set(rows)) == 30
    by_chance = [int(r) for r in np.random.default_rng(seed + 1).permutation(120)[:30]]
    away = np.abs(np.array(found(grades, rows)) - wanted).sum()
    assert away <= np.abs(np.array(found(grades, by_chance)) - wanted).sum()


def test_rows_differ_from_seed_to_seed() -> None:
    grades = np.zeros((1, 100), dtype=int)
    grades[0, :50] = 3
    wanted = np.array([[5, 0, 0]])
    one, two = (matched(wanted, grades, 10, np.random.default_rng(seed)) for seed in (1, 2))
    assert one != two
