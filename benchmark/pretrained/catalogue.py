"""Search in the catalogue's words by meaning: what is written of a painting, as one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.pretrained.sentences import Sentences
from benchmark.records import Painting
from benchmark.search.ties import id_ranks, top_k

_UNTITLED = "painting"
"""Stands for a painting of which nothing is written."""


class Catalogue:
    """A Searcher that sees no picture."""

    def __init__(self, texts: Sentences) -> None:
        self._texts = texts

    def index(self, paintings: Sequence[Painting]) -> None:
        """Take in what is written of each painting."""
        self._ids = [painting.id for painting in paintings]
        self._ranks = id_ranks(self._ids)
        lines = [", ".join(filter(None, one.metadata.values())) for one in paintings]
        self._lines = self._texts([line or _UNTITLED for line in lines])

    def search(self, texts: Sequence[str], k: int) -> tuple[list[list[str]], list[list[float]]]:
        """The `k` paintings whose words mean most nearly the same, by cosine."""
        ids, scores = [], []
        for values in self._texts(texts) @ self._lines.T:
            best = top_k(values, self._ranks, k)
            ids.append([self._ids[row] for row in best])
            scores.append([float(values[row]) for row in best])
        return ids, scores
