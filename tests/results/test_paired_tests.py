from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import permutation_test

from benchmark.results.paired_tests import (
    detectable,
    effect_size,
    holm,
    paired_p_value,
    paired_p_values,
)


def test_p_value_by_hand() -> None:
    # Differences 1, 2, 3: of the eight signings, only +++ and --- reach a mean of 2.
    a = np.array([2.0, 4.0, 6.0])
    assert paired_p_value(a, np.array([1.0, 2.0, 3.0])) == pytest.approx(2 / 8)
    # Differences 3, -1, 2: sums 4 or more in size are +3-1+2, +3+1+2 and their opposites.
    b = np.array([-1.0, 5.0, 4.0])
    assert paired_p_value(a, b) == pytest.approx(4 / 8)


def test_p_value_by_enumeration() -> None:
    rng = np.random.default_rng(7)
    a, b = rng.normal(size=9), rng.normal(0.4, 1, 9)
    signs = np.array(list(itertools.product([1, -1], repeat=9)))
    means = np.abs((signs * (a - b)).mean(axis=1))
    wanted = (means >= abs((a - b).mean()) - 1e-12).mean()
    assert paired_p_value(a, b) == pytest.approx(wanted)
    assert paired_p_value(b, a) == pytest.approx(wanted)


def test_equal_systems_do_not_differ() -> None:
    values = np.random.default_rng(8).random(30)
    assert paired_p_value(values, values) == 1.0


def test_many_tests_at_once_are_those_of_each() -> None:
    table = np.random.default_rng(11).normal(0.1, 1, (40, 3))
    zero = np.zeros(40)
    wanted = [paired_p_value(column, zero) for column in table.T]
    assert paired_p_values(table) == pytest.approx(wanted, rel=1e-9)


def test_p_value_is_scipys() -> None:
    a, b = np.random.default_rng(12).normal(0.2, 1, (2, 30))
    wanted = permutation_test(
        (a, b),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=20_000,
        rng=np.random.default_rng(0),
    ).pvalue
    assert paired_p_value(a, b) == pytest.approx(wanted, abs=0.012)


def test_only_differences_are_signed_however_many_topics_there_are() -> None:
    # Sixteen ones and 284 ties: 2 of 65,536 signings, and not a bound on them.
    assert paired_p_value(np.repeat([1.0, 0.0], [16, 284]), np.zeros(300)) == 2 / 65_536
    mixed = np.zeros((300, 2))
    mixed[:3, 0] = 1, 2, 3
    mixed[100:, 1] = 0.1
    assert paired_p_values(mixed)[0] == 2 / 8
    assert paired_p_values(mixed)[1] == pytest.approx(2 / 2**200, rel=0.1)


def test_no_topic_and_no_column() -> None:
    assert paired_p_values(np.zeros((0, 3))).tolist() == [1, 1, 1]
    assert paired_p_values(np.zeros((30, 0))).tolist() == []


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_effect_and_detectable_difference() -> None:
    differences = np.array([1.0, 2.0, 3.0])
    assert effect_size(differences) == pytest.approx(2.0)
    assert effect_size(np.zeros(5)) == 0
    assert detectable(differences) == pytest.approx(2.8016 / np.sqrt(3), abs=1e-3)
    assert detectable(np.array([1.0])) == np.inf


def test_a_detectable_difference_is_found_four_times_in_five() -> None:
    random = np.random.default_rng(13)
    table = random.normal(0, 1, (60, 400))
    table += detectable(np.random.default_rng(14).normal(0, 1, 4000)) * np.sqrt(4000 / 60)
    assert 0.74 < (paired_p_values(table) < 0.05).mean() < 0.86


@pytest.mark.slow
def test_holm_raises_a_false_alarm_at_most_one_time_in_twenty() -> None:
    """Six submissions that do not differ, all fifteen pairs, 300 times."""
    random = np.random.default_rng(16)
    alarms = 0
    for _ in range(300):
        hard = random.beta(1, 2, 60)[:, None]
        table = np.clip(hard + random.normal(0, 0.15, (60, 6)), 0, 1)
        pairs = [table[:, i] - table[:, j] for i, j in itertools.combinations(range(6), 2)]
        alarms += min(holm(paired_p_values(np.column_stack(pairs)).tolist())) < 0.05
    assert alarms / 300 <= 0.05
