"""How far a stored run lies from what its model says now, in shares of each list's span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run

TOLERANCE = 1e-3
"""Largest difference of a score that still confirms it, as a share of what lies between the
greatest and the least that its model says now. On one machine, in other batches and with another
number of threads, it is 1e-7 to 9e-7 for all fifteen models of the board, 8-bit ones included
(float32 rounds a product of unit vectors by some 1e-7, and scores of a list span 0.05 and more);
another processor's kernels may add up in another order, some ten times that. A thousand times as
much moves nothing but near ties. An 8-bit model may go beyond it on a processor that rounds its
products otherwise: what is wrongly refused is done again, whole."""

Said = Mapping[str, tuple[Sequence[str], NDArray[np.floating]]]
"""Query -> some paintings, and the scores that they have now."""


def run_gap(run: Run, other: Run) -> float:
    """Largest difference between two runs; infinite where their lists are not of one length."""
    ours, theirs = _said(run), _said(other)
    lengths = {query: len(ids) for query, (ids, _) in theirs.items()}
    names = {name for ids, _ in (*ours.values(), *theirs.values()) for name in ids}
    return max(gap(run, theirs, lengths, names), gap(other, ours, lengths, names))


def gap(run: Run, now: Said, lengths: Mapping[str, int], names: set[str]) -> float:
    """Largest difference between a stored run's scores and those that some paintings have `now`.

    A painting that a list lacks may not beat its last. Infinite where the run is not, for each
    query, one falling list of `lengths` many different paintings, all among `names`.
    """
    if set(run.query_ids) != lengths.keys() or len(run.query_ids) != len(lengths):
        return np.inf
    largest = 0.0
    for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True):
        kept = dict(zip(ids, scores.astype(np.float64), strict=True))
        whole = len(kept) == len(ids) == lengths[query] and kept.keys() <= names
        if not whole or not np.isfinite(scores).all() or (np.diff(scores) > 0).any():
            return np.inf
        if not ids:
            continue
        said = np.asarray(now[query][1], np.float64)
        if not np.isfinite(said).all():
            return np.inf
        last, low, high = float(scores[-1]), float(said.min()), float(said.max())
        # Of what the model says now: a stored list could claim any span. Where all scores are
        # equal, only their rounding can differ.
        span = max(high - low, 1e-3 * max(abs(high), abs(low)), 1e-30)
        for painting, score in zip(*now[query], strict=True):
            far = abs(score - kept[painting]) if painting in kept else max(0.0, score - last)
            largest = max(largest, float(far) / span)
    return largest


def _said(run: Run) -> Said:
    return {
        query: (ids, scores.astype(np.float64))
        for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True)
    }
