"""Do two submissions differ? Paired tests over topics, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from benchmark.results import flip_tail
from benchmark.statistics import LEVEL, Values

EXACT = 16
"""Differences of which every signing is gone through: 2^16."""

POWER = 0.8


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
