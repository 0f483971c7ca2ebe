"""A part of a gallery that is as hard to search as another gallery, for the same topics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GRADES = (3, 2, 1)
_SWAPS = 2_000
"""More than are ever needed; each brings the counts nearer."""


def counts(grades: NDArray[np.int64]) -> NDArray[np.float64]:
    """Which painting has which grade for which topic: grades (topics, n) to (3 * topics, n)."""
    return np.concatenate([grades == grade for grade in GRADES]).astype(np.float64)


def matched(
    wanted: NDArray[np.int64], grades: NDArray[np.int64], size: int, rng: np.random.Generator
) -> list[int]:
    """`size` rows of a gallery that hold as many paintings of each grade as are wanted.

    `wanted` (topics, 3) for grades 3, 2, 1; `grades` (topics, n) of the gallery. From rows drawn
    by chance, rows are exchanged one for one, each time the pair that brings the counts nearest,
    until no pair does. A count is the nearer the smaller its error to its own size.
    """
    target = wanted.T.ravel().astype(np.float64)
    columns = counts(grades) / np.sqrt(target + 1)[:, None]
    inside = np.zeros(columns.shape[1], dtype=bool)
    inside[rng.permutation(len(inside))[:size]] = True
    products = columns.T @ columns
    own = np.diag(products)
    away = columns @ inside - target / np.sqrt(target + 1)
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
