"""Statistics over values per query: means with intervals, and paired tests, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from benchmark.records import Query
from benchmark.results import flip_tail
from benchmark.results.schema import Interval

DRAWS = 10_000
"""Bootstrap draws."""

EXACT = 16
"""Differences of which every signing is gone through: 2^16."""

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


def paired_p_value(a: Values, b: Values) -> float:
    """Two-sided paired randomization test on the mean difference of (n,) values a and b."""
    return float(paired_p_values((a - b)[:, None])[0])


def paired_p_values(differences: Values) -> Values:
    """Two-sided p of each column of (n, m) paired differences: randomization test on the mean.

    The share of all signings of the differences whose sum is at least as large as the one seen
    (Fisher's randomization test, which Smucker, Allan and Carterette, CIKM 2007, recommend for
    retrieval). Every signing is gone through where at most EXACT differences are not 0; beyond,
    `flip_tail` bounds that share closely from above. Nothing is drawn.
    """
    sizes = np.abs(differences)
    # What is as large but for rounding counts as large.
    seen = np.abs(differences.sum(axis=0)) * (1 - 1e-9) - 1e-12
    counts = (sizes > 0).sum(axis=0)
    found = np.ones(differences.shape[1])
    few, many = (seen > 0) & (counts <= EXACT), (seen > 0) & (counts > EXACT)
    if few.any():
        longest = np.sort(sizes[:, few], axis=0)[-counts[few].max() :]
        found[few] = _all_signings(longest, seen[few])
    found[many] = flip_tail.two_sided(sizes[:, many], seen[many])
    return found


def _all_signings(sizes: Values, seen: Values) -> Values:
    """Share of the 2^n signings of each column whose sum is at least `seen` in size."""
    count = len(sizes)
    # A signing and its opposite are as large: the last sign may stay +.
    numbers = np.arange(2 ** (count - 1))[:, None]
    signs = 2.0 * ((numbers >> np.arange(count)) & 1) - 1
    found = np.empty(len(seen))
    for at in range(0, len(seen), 64):
        some = slice(at, at + 64)
        found[some] = (np.abs(signs @ sizes[:, some]) >= seen[some]).mean(axis=0)
    return found


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
