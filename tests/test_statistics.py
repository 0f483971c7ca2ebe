from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import bootstrap, permutation_test

from benchmark.records import Query
from benchmark.statistics import (
    DRAWS,
    SEED,
    by_topic,
    detectable,
    effect_size,
    holm,
    interval,
    intervals,
    paired_p_value,
    paired_p_values,
)


def test_interval_is_scipys() -> None:
    values = np.random.default_rng(5).beta(2, 5, 60)
    wanted = bootstrap(
        (values,),
        np.mean,
        n_resamples=DRAWS,
        method="BCa",
        confidence_level=0.95,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    got = interval(values)
    assert got.mean == pytest.approx(values.mean())
    assert (got.low, got.high) == pytest.approx((wanted.low, wanted.high), abs=0.005)
    assert interval(values) == got


def test_interval_of_a_normal_sample_is_near_the_textbooks() -> None:
    values = np.random.default_rng(6).normal(0.5, 0.1, 400)
    half = 1.96 * values.std(ddof=1) / 20
    got = interval(values)
    assert (got.low, got.high) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.002
    )


@pytest.mark.parametrize("values", [[0.25] * 9, [1.0], [0.0, 0.0]])
def test_a_constant_sample_is_its_own_interval(values: list[float]) -> None:
    got = interval(np.array(values))
    assert got.low == got.mean == got.high == values[0]


@pytest.mark.parametrize("values", [[0.0, 1.0], [0.0] * 40 + [1.0], [1.0] * 40 + [0.0]])
def test_few_or_lopsided_values_have_a_finite_interval(values: list[float]) -> None:
    got = interval(np.array(values))
    assert 0 <= got.low <= got.mean <= got.high <= 1
    assert got.low < got.high


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


def test_many_queries_are_drawn_and_seeded() -> None:
    rng = np.random.default_rng(9)
    a = rng.random(50)
    assert paired_p_value(a, a - 0.1) < 0.001
    b = rng.random(50)
    assert paired_p_value(a, b) == paired_p_value(a, b)


def test_by_topic_averages_what_was_asked_twice() -> None:
    queries = [
        Query("en", "a boat", topic="boat"),
        Query("fr", "un bateau", topic="boat"),
        Query("x", "a cat", topic="cat"),
        Query("none", "unanswered", topic="none"),
    ]
    values = {"en": 1.0, "fr": 0.5, "x": 0.25}
    assert by_topic(values, queries) == {"boat": 0.75, "cat": 0.25}


def test_many_intervals_at_once_are_those_of_each() -> None:
    table = np.random.default_rng(10).beta(2, 5, (50, 4))
    for one, column in zip(intervals(table), table.T, strict=True):
        assert one.model_dump() == pytest.approx(interval(column).model_dump(), abs=1e-9)


def test_many_tests_at_once_are_those_of_each() -> None:
    table = np.random.default_rng(11).normal(0.1, 1, (40, 3))
    zero = np.zeros(40)
    assert paired_p_values(table).tolist() == [paired_p_value(c, zero) for c in table.T]


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
@pytest.mark.parametrize("shape", ["beta", "binary"])
def test_intervals_hold_the_truth_as_often_as_they_say(shape: str) -> None:
    random = np.random.default_rng(15)
    if shape == "beta":
        table, truth = random.beta(0.6, 1.8, (100, 2000)), 0.25
    else:
        table, truth = random.binomial(1, 0.4, (100, 2000)).astype(float), 0.4
    held = [i.low <= truth <= i.high for i in intervals(table)]
    assert 0.93 <= np.mean(held) <= 0.97


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
