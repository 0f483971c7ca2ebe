"""Similarities of embeddings as sets: the dimensions that lie above the embedding's own mean."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from benchmark.search.similarity import Form, Rows, Scores, Similarity, Stored


class _OfSets(Similarity):
    """A text and a painting as sets of dimensions, T and P.

    The threshold is each embedding's own mean over its dimensions: it asks for no gallery and no
    other texts, so one text alone has its set, and a painting's does not change when others come.
    """

    direction = "higher is more alike"

    @abstractmethod
    def whole(self, texts: Scores, paintings: Scores, shared: Scores) -> Scores:
        """What the shared ones are a share of, from sizes of the sets and of what they share."""

    def form(self, rows: Rows) -> Form:
        return (binarised(rows),)

    def exact(self, texts: Form, paintings: Form) -> Scores:
        (t,), (p,) = texts, paintings
        return self._share(t.sum(axis=1), p.sum(axis=1), (t & p).sum(axis=1))

    def stored(self, paintings: Rows) -> Stored:
        sets = binarised(paintings).astype(np.float32)
        return sets, sets.sum(axis=1)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        """The scores themselves: counts below 2^24 are exact in float32, in any order."""
        t = binarised(texts).astype(np.float32)
        found = self._share(t.sum(axis=1)[:, None], stored[1], t @ stored[0].T)
        return found, found

    def bytes_per_painting(self, width: int) -> int:
        return -(-width // 8)

    def _share(self, texts: Scores, paintings: Scores, shared: Scores) -> Scores:
        whole = self.whole(texts, paintings, shared)
        return np.asarray(np.divide(shared, whole, out=np.zeros(shared.shape), where=whole > 0))


class Jaccard(_OfSets):
    name = "jaccard"
    meaning = "of the dimensions that stand out in text or painting, the share that do in both"
    formula = "|T ∩ P| / |T ∪ P|, sets of dimensions above their embedding's own mean; 0 if empty"
    source = "Jaccard, Étude comparative de la distribution florale, Bull. Soc. Vaud. 1901"

    def whole(self, texts: Scores, paintings: Scores, shared: Scores) -> Scores:
        return texts + paintings - shared


class Overlap(_OfSets):
    name = "overlap"
    meaning = "of the dimensions that stand out in the one with fewer, the share that do in both"
    formula = "|T ∩ P| / min(|T|, |P|), sets as above; 0 if one is empty"
    source = "Szymkiewicz 1934; Simpson, Mammals and the nature of continents, Am. J. Sci. 1943"

    def whole(self, texts: Scores, paintings: Scores, shared: Scores) -> Scores:
        return np.minimum(texts, paintings)


def binarised(rows: Rows) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which numbers (n, d) lie above the mean of their row."""
    wide = rows.astype(np.float64)
    return np.asarray(wide > wide.mean(axis=1, keepdims=True))
