"""A part of a gallery that is as hard to search as another gallery, for the same topics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GRADES = (3, 2, 1)
_SWAPS = 2_000
"""More than are ever needed; each brings the counts nearer."""


def counts(grades: NDArray[np.int64]) -> NDArray[np.float64]:
    """Which painting has which grade for which topic, and for how many topics.

    grades (topics, n) to (3 * topics + 3, n): a row for each topic's 3s, 2s, 1s, then their sums.
    """
    has = [(grades == grade).astype(np.float64) for grade in GRADES]
    return np.concatenate([*has, [table.sum(axis=0) for table in has]])


def matched(
    wanted: NDArray[np.int64], grades: NDArray[np.int64], size: int, rng: np.random.Generator
) -> list[int]:
    """`size` rows of a gallery that hold as many paintings of each grade as are wanted.

    `wanted` (topics, 3) for grades 3, 2, 1; `grades` (topics, n) of the gallery. From rows drawn
    by chance, rows are exchanged one for one, each time the pair that brings the counts nearest,
    until no pair does. Nearest is the least sum of squares, each over its own count (Pearson's
    chi-square); sums over topics weigh as much as all topics, so that none of the three leans.
    """
    target = np.concatenate([wanted.T.ravel(), wanted.sum(axis=0)]).astype(np.float64)
    weights = 1 / np.sqrt(target + 1)
    weights[-len(GRADES) :] *= np.sqrt(len(wanted))
    columns = counts(grades) * weights[:, None]
    inside = np.zeros(columns.shape[1], dtype=bool)
    inside[rng.permutation(len(inside))[:size]] = True
    products = columns.T @ columns
    own = np.diag(products)
    away = columns @ inside - target * weights
    for _ in range(_SWAPS):
        pull = 2 * columns.T @ away
        out, into = np.flatnonzero(inside), np.flatnonzero(~inside)
        change = (
            (own[out] - pull[out])[:, None]
            + (own[into] + pull[into])[None]
            - 2 * products[np.ix_(out, into)]
        )
        best = int(change.argmin())
        if change.flat[best] >= -1e-9:
            break
        row, column = divmod(best, len(into))
        inside[[out[row], into[column]]] = [False, True]
        away += columns[:, into[column]] - columns[:, out[row]]
    return [int(row) for row in np.flatnonzero(inside)]
