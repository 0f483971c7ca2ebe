"""Maximal marginal relevance: trade the best for the different (Carbonell and Goldstein 1998)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 128
"""Lists re-ranked together: bounds memory to their likenesses."""


def mmr(
    scores: NDArray[np.float32],
    images: NDArray[np.float32],
    rows: NDArray[np.int64],
    weights: Sequence[float],
    count: int,
) -> NDArray[np.int64]:
    """Which `count` of n candidates to show, one after another, for each weight: (w, q, count).

    Candidates are rows (q, n) of images (m, d), with scores (q, n), best first. Each pick
    maximises weight * score - (1 - weight) * greatest likeness to one already chosen, where a
    list's scores are scaled to 0..1 and likeness is the cosine. Among equals the earlier stands
    first. With weight 1 the order stays.
    """
    lists, length = rows.shape
    chosen = np.empty((len(weights), lists, min(count, length)), np.int64)
    for start in range(0, lists, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        chosen[:, part] = _part(scores[part], images[rows[part]], np.array(weights), count)
    return chosen


def _part(
    scores: NDArray[np.float32], rows: NDArray[np.float32], weights: NDArray[np.float64], count: int
) -> NDArray[np.int64]:
    """The picks of lists whose candidates' embeddings are rows (q, n, d)."""
    span = scores[:, :1] - scores[:, -1:]
    scaled = np.divide(scores - scores[:, -1:], span, out=np.zeros_like(scores), where=span > 0)
    unit = rows / np.maximum(np.linalg.norm(rows, axis=2, keepdims=True), 1e-12)
    like = unit @ unit.transpose(0, 2, 1)
    many, lists, length = len(weights), *scores.shape
    worth = weights.astype(np.float32)[:, None, None] * scaled
    other = (1 - weights).astype(np.float32)[:, None, None]
    nearest = np.zeros((many, lists, length), np.float32)
    query = np.arange(lists)
    picks = np.empty((many, lists, min(count, length)), np.int64)
    for place in range(picks.shape[2]):
        pick = (worth - other * nearest).argmax(axis=2)
        picks[:, :, place] = pick
        np.put_along_axis(worth, pick[:, :, None], -np.inf, axis=2)
        near = like[query, pick]
        nearest = np.maximum(nearest, near) if place else near
    return picks
