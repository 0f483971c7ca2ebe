from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap

from benchmark.records import Query
from benchmark.statistics import DRAWS, SEED, by_topic, interval, intervals


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
