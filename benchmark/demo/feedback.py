"""What likes and rejections do to a query: Rocchio's feedback over embeddings.

The one place to change for another way of taking turns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

LIKED, REJECTED, POINTED = 0.5, 0.25, 1.25
"""Weights of the mean of what was liked, of what was rejected, and of what is pointed at now; the
words of the talk weigh 1. Set by trying, not learned."""
_SAMPLE = 4_096
"""Paintings by which spreads of scores are estimated."""


class Feedback:
    """Moves queries over the embeddings of one gallery, (n, d) float32, memory-mapped or not."""

    def __init__(self, paintings: Rows) -> None:
        self._paintings = paintings
        self._sample = np.asarray(paintings[:: max(1, len(paintings) // _SAMPLE)])
        self._centre = self._sample.mean(axis=0)

    def moved(
        self, words: Rows, pointed: int | None, liked: list[int], rejected: list[int]
    ) -> Rows:
        """The query (d,) of the words' embedding (d,), moved by paintings, given by their rows.

        Rocchio 1971. Texts and pictures lie apart in most embeddings: what a picture adds is taken
        about the gallery's mean, and scaled to spread scores as the words do. Without feedback it
        is the words' embedding itself.
        """
        query, wide = words.astype(np.float32), self._spread(words)
        parts = ((POINTED, [] if pointed is None else [pointed]), (LIKED, liked),
                 (-REJECTED, rejected))  # fmt: skip
        for weight, rows in parts:
            if rows:
                mean = self._paintings[rows].mean(axis=0) - self._centre
                if (narrow := self._spread(mean)) > 0:
                    query = query + np.float32(weight * wide / narrow) * mean
        return query

    def _spread(self, vector: Rows) -> float:
        return float((self._sample @ vector).std())
