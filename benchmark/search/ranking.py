"""A searcher's own lists, made into a run under the one tie rule."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import SubmissionFailed
from benchmark.records import Run
from benchmark.search.ties import id_ranks, top_k

FUSED = 5_000
"""Paintings of each list that a weighted fusion looks at, and that are kept of a searcher's."""


def ranking(
    query_ids: Sequence[str],
    ids: Sequence[Sequence[str]],
    scores: Sequence[Sequence[float]] | Sequence[NDArray[np.float32]],
    known: Set[str],
    k: int,
) -> Run:
    """The run of a searcher's answers, one list per query, at most `k` long, best first.

    Raises SubmissionFailed on a missing list, a score that is no finite number, a painting that
    is unknown or listed twice.
    """
    if len(ids) != len(query_ids) or len(scores) != len(query_ids):
        raise SubmissionFailed(
            f"search returned {len(ids)} lists of ids and {len(scores)} of scores "
            f"for {len(query_ids)} texts"
        )
    ranked_ids, ranked_scores = [], []
    for number, (names, values) in enumerate(zip(ids, scores, strict=True)):
        names = [str(name) for name in names]
        array = np.asarray(values, dtype=np.float32)
        if array.shape != (len(names),):
            raise SubmissionFailed(f"search returned {len(names)} ids, {array.shape} scores")
        if not np.isfinite(array).all():
            raise SubmissionFailed(f"search returned NaN or infinity for text {number}")
        if len(set(names)) != len(names):
            raise SubmissionFailed(f"search listed a painting twice for text {number}")
        if unknown := set(names) - known:
            raise SubmissionFailed(f"search returned an unknown painting '{min(unknown)}'")
        best = top_k(array, id_ranks(names), k)
        ranked_ids.append(tuple(names[row] for row in best))
        ranked_scores.append(array[best])
    return Run(tuple(query_ids), tuple(ranked_ids), tuple(ranked_scores))
