"""Means over values per query with intervals, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from benchmark.records import Interval, Query

DRAWS = 10_000
"""Bootstrap draws."""

SEED = 20_260_101
LEVEL = 0.05

Values = NDArray[np.float64]


def by_topic(values: Mapping[str, float], queries: Iterable[Query]) -> dict[str, float]:
    """One value a topic: the mean over its queries, so that a question put in two languages is
    not counted as two independent ones. Queries without a value are passed over."""
    groups: dict[str, list[float]] = defaultdict(list)
    for query in queries:
        if query.id in values:
            groups[query.topic].append(values[query.id])
    return {topic: float(np.mean(group)) for topic, group in groups.items()}


def interval(values: Values) -> Interval:
    """Mean of (n,) values with its 95 % interval."""
    return intervals(values[:, None])[0]


def intervals(values: Values) -> list[Interval]:
    """Mean of each column of (n, m) values with its 95 % interval: BCa bootstrap over rows.

    Efron (1987), Better bootstrap confidence intervals, JASA 82; seeded, the same draws for every
    column. Where all values are equal, or there is only one, the interval is the mean alone.
    """
    if len(values) < 2:
        return [_alone(mean) for mean in values.mean(axis=0)]
    return intervals_of(values, values.T @ draws(len(values)).T)


def intervals_of(values: Values, drawn: Values) -> list[Interval]:
    """The same from means (m, DRAWS) drawn already, which are sorted in place; n is 2 or more."""
    means = values.mean(axis=0)
    away = values - means
    drawn.sort(axis=1)
    rows = np.arange(len(means))
    below = [np.searchsorted(row, mean, "left") for row, mean in zip(drawn, means, strict=True)]
    upto = [np.searchsorted(row, mean, "right") for row, mean in zip(drawn, means, strict=True)]
    share = (np.array(below) + upto) / (2 * DRAWS)
    sure = (np.ptp(values, axis=0) == 0) | (share <= 0) | (share >= 1)
    skew = (away**3).sum(axis=0) / np.where(sure, 1, 6 * (away**2).sum(axis=0) ** 1.5)
    bias = ndtri(np.where(sure, 0.5, share))
    ends = []
    for level in (LEVEL / 2, 1 - LEVEL / 2):
        normal = bias + ndtri(level)
        at = ndtr(bias + normal / (1 - skew * normal)) * (DRAWS - 1)
        lower = np.floor(at).astype(int)
        upper = np.minimum(lower + 1, DRAWS - 1)
        end = drawn[rows, lower] + (at - lower) * (drawn[rows, upper] - drawn[rows, lower])
        ends.append(np.where(sure, means, end))
    return [
        Interval(mean=float(mean), low=float(low), high=float(high))
        for mean, low, high in zip(means, *ends, strict=True)
    ]


@lru_cache(maxsize=64)
def draws(count: int) -> Values:
    """Weights (DRAWS, n) of n rows in bootstrap draws; each row sums to 1."""
    random = np.random.default_rng(SEED)
    picked = random.integers(0, count, (DRAWS, count)) + count * np.arange(DRAWS)[:, None]
    return np.bincount(picked.ravel(), minlength=DRAWS * count).reshape(DRAWS, count) / count


def _alone(mean: float) -> Interval:
    return Interval(mean=float(mean), low=float(mean), high=float(mean))
