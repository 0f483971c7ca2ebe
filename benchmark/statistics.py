"""Statistics over values per query: means with intervals, and paired tests, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from benchmark.records import Interval, Query

DRAWS = 10_000
"""Bootstrap draws; sign flips for a paired test are ten times as many."""

SEED = 20_260_101
LEVEL, POWER = 0.05, 0.8

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
    means = values.mean(axis=0)
    if len(values) < 2:
        return [_alone(mean) for mean in means]
    drawn = np.sort(draws(len(values)) @ values, axis=0)
    away = values - means
    squares = (away**2).sum(axis=0)
    found = []
    for column, mean in enumerate(means):
        boot = drawn[:, column]
        below = np.searchsorted(boot, mean, "left") + np.searchsorted(boot, mean, "right")
        share = below / (2 * DRAWS)
        if np.ptp(values[:, column]) == 0 or not 0 < share < 1:
            found.append(_alone(mean))
            continue
        skew = (away[:, column] ** 3).sum() / (6 * squares[column] ** 1.5)
        bias = ndtri(share)
        normal = bias + ndtri([LEVEL / 2, 1 - LEVEL / 2])
        low, high = np.quantile(boot, ndtr(bias + normal / (1 - skew * normal)))
        found.append(Interval(mean=float(mean), low=float(low), high=float(high)))
    return found


@lru_cache(maxsize=64)
def draws(count: int) -> Values:
    """Weights (DRAWS, n) of n rows in bootstrap draws; each row sums to 1."""
    random = np.random.default_rng(SEED)
    picked = random.integers(0, count, (DRAWS, count)) + count * np.arange(DRAWS)[:, None]
    return np.bincount(picked.ravel(), minlength=DRAWS * count).reshape(DRAWS, count) / count


def paired_p_value(a: Values, b: Values) -> float:
    """Two-sided paired randomization test on the mean difference of (n,) values a and b."""
    return float(paired_p_values((a - b)[:, None])[0])


def paired_p_values(differences: Values) -> Values:
    """Two-sided p of each column of (n, m) paired differences: randomization test on the mean.

    Flips signs of the n differences: all 2^n where that is fewer than 100,000, else as many seeded
    random ones, the observed one counted in (Fisher's randomization test, which Smucker, Allan
    and Carterette, CIKM 2007, recommend for retrieval).
    """
    count = len(differences)
    if not count:
        return np.ones(differences.shape[1])
    seen = np.abs(differences.sum(axis=0)) * (1 - 1e-9) - 1e-12
    extreme = np.zeros(differences.shape[1])
    flips = 10 * DRAWS
    if exact := 2**count <= flips:
        flips = 2**count
    random = np.random.default_rng(SEED)
    for start in range(0, flips, 10_000):
        size = min(10_000, flips - start)
        if exact:
            numbers = np.arange(start, start + size)[:, None]
            signs = 2.0 * ((numbers >> np.arange(count)) & 1) - 1
        else:
            drawn = random.integers(0, 256, (size, -(-count // 8)), np.uint8)
            signs = 2.0 * np.unpackbits(drawn, axis=1, count=count) - 1
        extreme += (np.abs(signs @ differences) >= seen).sum(axis=0)
    return extreme / flips if exact else (extreme + 1) / (flips + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """p values corrected for their number, so that 5 % is the chance of even one false alarm.

    Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    order = np.argsort(p_values)
    adjusted = np.asarray(p_values)[order] * np.arange(len(order), 0, -1)
    found = np.empty(len(order))
    found[order] = np.minimum(1, np.maximum.accumulate(adjusted))
    return [float(value) for value in found]


def effect_size(differences: Values) -> float:
    """Mean of paired differences in their standard deviations (Cohen's d_z); 0 where all are 0."""
    deviation = differences.std(ddof=1) if len(differences) > 1 else 0.0
    return float(differences.mean() / deviation) if deviation else 0.0


def detectable(differences: Values) -> float:
    """The smallest mean difference that a test at 5 % would find four times in five.

    Normal approximation, from the spread of these differences (Sakai 2018, Laboratory Experiments
    in Information Retrieval, chapter 6).
    """
    if len(differences) < 2:
        return float("inf")
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return float((ndtri(1 - LEVEL / 2) + ndtri(POWER)) * error)


def _alone(mean: float) -> Interval:
    return Interval(mean=float(mean), low=float(mean), high=float(mean))
