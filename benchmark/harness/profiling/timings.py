"""From rounds of timings to figures: percentiles, spread, ratios to a reference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of them do not exceed (nearest rank).

    As MLPerf inference reports latencies: a value that was measured, never one between two.
    """
    return float(np.percentile(np.asarray(values), percent, method="inverted_cdf"))


def spread(rounds: Sequence[float]) -> float:
    """Middle half of the rounds over their median: (q3 - q1) / q2. 0 for a single round."""
    first, middle, third = np.percentile(np.asarray(rounds), [25, 50, 75])
    return float((third - first) / middle) if middle else 0.0


def ratios(mine: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Round by round, mine over theirs: the median, the least and the greatest."""
    found = np.asarray(mine) / np.asarray(theirs)
    return float(np.median(found)), float(found.min()), float(found.max())


def remembers(same: Sequence[float], distinct: Sequence[float]) -> bool:
    """Whether one input repeated is over 10 % faster than distinct ones, in every single round.

    After MLPerf inference's test for caching (TEST04). All rounds, so that noise is no verdict.
    """
    return all(again * 1.1 < fresh for again, fresh in zip(same, distinct, strict=True))


def tells_apart(known: Sequence[float], new: Sequence[float]) -> bool:
    """Whether published inputs take half as long again as others, or others as they, in every
    single round: a model that works for one kind alone, or looks the other up."""
    pairs = list(zip(known, new, strict=True))
    return all(a > 1.5 * b for a, b in pairs) or all(b > 1.5 * a for a, b in pairs)


def gap(a: np.ndarray, b: np.ndarray) -> float:
    """Largest difference between rows, in units of the largest number in them, at least 1."""
    if not a.size:
        return 0.0
    return float(np.abs(a - b).max() / max(1.0, np.abs(a).max()))
