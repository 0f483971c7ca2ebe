from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harness.profiling.timings import (
    gap,
    percentile,
    ratios,
    remembers,
    spread,
    tells_apart,
)

times = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=50)


@pytest.mark.parametrize(("percent", "value"), [(50, 3), (90, 5), (99, 5), (1, 1), (20, 1)])
def test_percentiles_are_values_that_were_measured(percent: float, value: float) -> None:
    assert percentile([5, 1, 4, 2, 3], percent) == value


@given(times, st.floats(0, 100))
def test_at_least_that_share_is_no_slower(values: list[float], percent: float) -> None:
    found = percentile(values, percent)
    assert found in values
    assert np.mean([value <= found for value in values]) >= percent / 100 - 1e-9


def test_spread_is_the_middle_half_over_the_median() -> None:
    assert spread([8, 10, 10, 12, 100]) == pytest.approx(0.2)
    assert spread([3]) == 0
    assert spread([0, 0, 0]) == 0


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([2, 4, 9], [1, 2, 3]) == (2, 2, 3)


def test_one_slow_round_is_no_cache() -> None:
    assert remembers([1, 1, 1], [1.2, 1.2, 1.2])
    assert not remembers([1, 1, 1], [1.2, 1.05, 1.2])
    assert not remembers([1, 1, 1], [1.1, 1.1, 1.1])


def test_gap_is_relative_to_large_numbers_only() -> None:
    assert gap(np.array([[0.1, 0.2]]), np.array([[0.1, 0.25]])) == pytest.approx(0.05)
    assert gap(np.array([[10.0, 100.0]]), np.array([[10.0, 105.0]])) == pytest.approx(0.05)
    assert gap(np.zeros((0, 3)), np.zeros((0, 3))) == 0


@pytest.mark.parametrize(
    ("known", "new", "told"),
    [
        ([2.0, 2.0], [1.0, 1.0], True),
        ([1.0, 1.0], [2.0, 2.0], True),
        ([2.0, 1.0], [1.0, 1.0], False),  # one round is noise
        ([2.0, 1.0], [1.0, 2.0], False),
        ([1.4, 1.4], [1.0, 1.0], False),
    ],
)
def test_known_and_new_inputs_are_told_apart_in_every_round(
    known: list[float], new: list[float], told: bool
) -> None:
    assert tells_apart(known, new) is told
