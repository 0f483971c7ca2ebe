"""Maximal marginal relevance: trade the best for the different (Carbonell and Goldstein 1998)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mmr(
    scores: NDArray[np.float32], rows: NDArray[np.float32], weight: float, count: int
) -> list[int]:
    """Which `count` of n candidates to show, one after another.

    Each maximises weight * score - (1 - weight) * greatest likeness to one already chosen, where
    scores (n,), best first, are scaled to 0..1 and likeness is the cosine of rows (n, d). Among
    equals the earlier stands first. With weight 1 the order stays.
    """
    span = float(scores[0] - scores[-1])
    scaled = (scores - scores[-1]) / span if span > 0 else np.zeros(len(scores))
    unit = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    like = unit @ unit.T
    nearest = np.zeros(len(scores))
    free = np.ones(len(scores), bool)
    chosen: list[int] = []
    for _ in range(min(count, len(scores))):
        worth = np.where(free, weight * scaled - (1 - weight) * nearest, -np.inf)
        pick = int(worth.argmax())
        chosen.append(pick)
        free[pick] = False
        nearest = np.maximum(nearest, like[pick]) if len(chosen) > 1 else like[pick]
    return chosen
