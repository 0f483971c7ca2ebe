from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import bootstrap

from benchmark.records import Query
from benchmark.results.statistics import DRAWS, SEED, by_topic, interval, paired_p_value


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
