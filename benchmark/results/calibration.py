"""From a similarity to the probability that a painting is relevant: a map that only rises.

Isotonic regression (Zadrozny and Elkan, KDD 2002): of all rising functions the one with the least
squared error, so it assumes nothing else of a model's scale and leaves the order of every list.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from benchmark.queries.load import QuerySet
from benchmark.records import Run

RELEVANT = 2
"""The least grade that counts as relevant: 3 is what was asked for, 2 mostly."""
BINS = 10
"""Of equal width, for the calibration error."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Listed:
    """What lists hold: similarities (n,), and whether each painting is relevant (n,)."""

    similarity: Values
    relevant: NDArray[np.bool_]
    topics: int


@dataclass(frozen=True)
class MonotoneMap:
    """Straight between knots that rise, level beyond them."""

    similarities: Values
    probabilities: Values

    def __call__(self, similarity: Values) -> Values:
        """Probabilities (n,) of similarities (n,)."""
        return np.interp(similarity, self.similarities, self.probabilities)

    def reaches(self, probability: float) -> float | None:
        """The least similarity with a probability of at least that; None where none has it."""
        if self.probabilities[-1] < probability:
            return None
        at = int(np.searchsorted(self.probabilities, probability))
        if at == 0 or self.probabilities[at] == probability:
            return float(self.similarities[at])
        two = slice(at - 1, at + 1)
        return float(np.interp(probability, self.probabilities[two], self.similarities[two]))


def listed(run: Run, query_set: QuerySet, without: Set[str] = frozenset()) -> Listed:
    """The whole lists of a run, judged; of all topics but those in `without`.

    Where judgments are incomplete, paintings that nobody judged are left out.
    """
    topic = {query.id: query.topic for query in query_set.queries}
    similarity, relevant, topics = [], [], set()
    for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True):
        grades = query_set.qrels.get(query)
        if not grades or query not in topic or topic[query] in without:
            continue
        for painting, score in zip(ids, scores.tolist(), strict=True):
            grade = grades.get(painting, 0 if query_set.complete else None)
            if grade is not None:
                similarity.append(score)
                relevant.append(grade >= RELEVANT)
                topics.add(topic[query])
    return Listed(np.array(similarity, float), np.array(relevant, bool), len(topics))


def fit(given: Listed) -> MonotoneMap:
    """The map with the least squared error on what was listed; there must be something."""
    similarity, place, count = np.unique(
        given.similarity, return_inverse=True, return_counts=True
    )  # equal similarities have one probability
    share = np.bincount(place, given.relevant) / count
    level = isotonic_regression(share, weights=count).x
    ends = np.ones(len(level), bool)  # of each level the first and the last
    ends[1:-1] = (level[1:-1] != level[:-2]) | (level[1:-1] != level[2:])
    return MonotoneMap(similarity[ends], np.clip(level[ends], 0, 1))


def brier(probability: Values, relevant: NDArray[np.bool_]) -> float:
    """Mean squared difference of probability and truth (Brier 1950); 0 is best."""
    return float(np.mean((probability - relevant) ** 2))


def calibration_error(probability: Values, relevant: NDArray[np.bool_]) -> float:
    """How far probabilities lie from shares of relevant ones, on average over what is listed.

    Expected calibration error over ten bins of equal width (Guo et al., ICML 2017); 0 is best.
    """
    bins = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    off = np.bincount(bins, probability - relevant, BINS)
    return float(np.abs(off).sum() / len(probability))
