"""Several ranked lists made into one, and the best of a list ordered anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run
from benchmark.search.ties import id_ranks, top_k

_LEAST = np.float32(1e-30)


def reciprocal_rank_fusion(runs: Sequence[Run], constant: float, k: int) -> Run:
    """One run: a painting's score is the sum over runs of 1 / (constant + its rank, from 1).

    Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods", SIGIR 2009; there the constant is 60. Queries of any run are answered,
    in the order they are first met; the best `k` stay, ties by our rule. (ranx fuses without
    one: equal scores stay as they were met, so that swapping two runs changes a list.)
    """
    sums: dict[str, dict[str, float]] = {}
    for run in runs:
        for query, ids in zip(run.query_ids, run.ids, strict=True):
            scores = sums.setdefault(query, {})
            for rank, painting in enumerate(ids, 1):
                scores[painting] = scores.get(painting, 0.0) + 1 / (constant + rank)
    lists, values = [], []
    for scores in sums.values():
        names, summed = list(scores), np.array(list(scores.values()), np.float32)
        best = top_k(summed, id_ranks(names), k)
        lists.append(tuple(names[row] for row in best))
        values.append(summed[best])
    return Run(tuple(sums), tuple(lists), tuple(values))


def weighted_fusion(
    runs: Sequence[Run], weights: Sequence[float], embedded: Sequence[bool], k: int
) -> Run:
    """One run: a painting's score is the weighted sum of its scores in `runs`, as they are.

    Standardised within a list, inner products would count as much where an encoder sees little
    (and all of them are alike) as where it sees well. What a searcher does not list has no score;
    what an `embedded` run does not list counts as its last. The best `k` stay, ties by our rule.
    """
    names = sorted({painting for run in runs for ids in run.ids for painting in set(ids)})
    at = {painting: row for row, painting in enumerate(names)}
    queries = dict.fromkeys(query for run in runs for query in run.query_ids)
    sums = {query: np.zeros(len(names)) for query in queries}
    listed = {query: np.zeros(len(names), bool) for query in queries}
    for run, weight, whole in zip(runs, weights, embedded, strict=True):
        for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True):
            values, places = scores.astype(np.float64), [at[painting] for painting in ids]
            if whole:
                sums[query] += weight * values[-1]
                values = values - values[-1]
            sums[query][places] += weight * values
            listed[query][places] = True
    lists, best = [], []
    for query, there in listed.items():
        rows = np.flatnonzero(there)
        found, summed = [names[row] for row in rows], sums[query][rows].astype(np.float32)
        order = top_k(summed, id_ranks(found), k)
        lists.append(tuple(found[row] for row in order))
        best.append(summed[order])
    return Run(tuple(queries), tuple(lists), tuple(best))


def reranked(run: Run, scores: Mapping[str, Mapping[str, float]]) -> Run:
    """A run whose paintings stand by new `scores` (query -> painting -> score) where they have one.

    The others follow in their old order, each a step of float32 below the one before, for the two
    kinds of scores have nothing in common.
    """
    lists, values = [], []
    for query, ids in zip(run.query_ids, run.ids, strict=True):
        anew = scores.get(query, {})
        shown = [painting for painting in ids if painting in anew]
        array = np.array([anew[painting] for painting in shown], np.float32)
        order = top_k(array, id_ranks(shown), len(shown))
        rest = [painting for painting in ids if painting not in anew]
        lists.append((*(shown[row] for row in order), *rest))
        values.append(_falling(array[order], len(rest)))
    return Run(run.query_ids, tuple(lists), tuple(values))


def _falling(scores: NDArray[np.float32], more: int) -> NDArray[np.float32]:
    """Scores (n,), best first, and `more` after them, each the next smaller float32."""
    last = scores[-1] if len(scores) else np.float32(0)
    # Among the least numbers that float32 holds some processors are set to see no difference.
    below = [last if abs(last) > _LEAST else -_LEAST]
    for _ in range(more):
        below.append(np.nextafter(below[-1], np.float32(-np.inf), dtype=np.float32))
    return np.concatenate([scores, np.array(below[1:], np.float32)])
