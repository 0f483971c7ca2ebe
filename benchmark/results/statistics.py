"""Statistics over values per query: means with intervals, and paired tests."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Query
from benchmark.results.schema import Interval

DRAWS = 10_000
"""Bootstrap draws; sign flips for a paired test are ten times as many."""

SEED = 20_260_101


def by_topic(values: Mapping[str, float], queries: Iterable[Query]) -> dict[str, float]:
    """One value a topic: the mean over its queries, so that a question put in two languages is
    not counted as two independent ones. Queries without a value are passed over."""
    groups: dict[str, list[float]] = defaultdict(list)
    for query in queries:
        if query.id in values:
            groups[query.topic].append(values[query.id])
    return {topic: float(np.mean(group)) for topic, group in groups.items()}


def interval(values: NDArray[np.float64]) -> Interval:
    """Mean of (n,) values with its 95 % interval: BCa bootstrap (Efron 1987), seeded.

    Where all values are equal, or there is only one, the interval is the mean alone.
    """
    from scipy.stats import bootstrap

    mean = float(values.mean())
    if len(values) < 2 or np.ptp(values) == 0:
        return Interval(mean=mean, low=mean, high=mean)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BCa warns on near-constant samples; checked below
        found = bootstrap(
            (values,),
            np.mean,
            n_resamples=DRAWS,
            method="BCa",
            rng=np.random.default_rng(SEED),
            batch=1_000,
        ).confidence_interval
    low, high = float(found.low), float(found.high)
    if not (np.isfinite(low) and np.isfinite(high)):
        low = high = mean
    return Interval(mean=mean, low=low, high=high)


def paired_p_value(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Two-sided paired randomization test on the mean difference of (n,) values a and b.

    Flips signs of the n differences: all 2^n where that is fewer than the draws, else seeded
    random ones (Fisher's randomization test, as Smucker et al. 2007 recommend for retrieval).
    """
    from scipy.stats import permutation_test

    def mean_difference(x: NDArray[np.float64], y: NDArray[np.float64], axis: int) -> object:
        return np.mean(x - y, axis=axis)

    return float(
        permutation_test(
            (a, b),
            mean_difference,
            permutation_type="samples",
            n_resamples=10 * DRAWS,
            vectorized=True,
            batch=1_000,
            rng=np.random.default_rng(SEED),
        ).pvalue
    )
