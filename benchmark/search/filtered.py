"""Nearest paintings by any similarity: bounds propose, exact scores decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run
from benchmark.search.similarity import Scores, Similarity, Stored, pairs
from benchmark.search.ties import id_ranks

_SCORES, _LEAST, _SHOWN, _PAIRED = 2**22, 256, 2**12, 2**16
"""At a time: scores bounded, paintings that are bounded at the least, paintings brought into form,
numbers of pairs that are compared. Memory is bounded by these."""

_ROUNDED = 2.0**-22
"""Share of a score within which two may be one in float32."""

Rows = NDArray[np.float32]
Places = NDArray[np.int64]
Block = tuple[int, Stored]
"""Number of the first painting, and what is stored of it and those that follow."""


class FilteredIndex:
    """A gallery made ready to be searched many times by a similarity.

    paintings (n, d) are finite float32 and may be memory-mapped; what is stored of them is kept.
    """

    def __init__(self, similarity: Similarity, painting_ids: Sequence[str], paintings: Rows):
        self._similarity, self._paintings = similarity, paintings
        self._ids = np.array(painting_ids, dtype=object)
        self._ranks = id_ranks(painting_ids)
        self._blocks = list(stored(similarity, paintings, _SCORES // 64))

    @property
    def width(self) -> int:
        """Dimensions of the embeddings that are searched."""
        return int(self._paintings.shape[1])

    def search(self, query_ids: Sequence[str], queries: Rows, k: int) -> Run:
        """The best `k` paintings for each query; queries (q, d) are finite float32."""
        parts = self._similarity, queries, self._paintings, self._blocks
        rows, scores = _decided(*parts, self._ranks, k)
        return Run(tuple(query_ids), tuple(map(tuple, self._ids[rows].tolist())), tuple(scores))


def filtered_search(
    similarity: Similarity,
    query_ids: Sequence[str],
    queries: Rows,
    painting_ids: Sequence[str],
    paintings: Rows,
    k: int,
) -> Run:
    """The best `k` paintings for each query, in a gallery that is searched once.

    Scores are those of `exact`, rounded once to float32, ties by our rule.
    """
    blocks = stored(similarity, paintings, _SCORES // max(len(queries), 1))
    rows, scores = _decided(similarity, queries, paintings, blocks, id_ranks(painting_ids), k)
    ids = np.array(painting_ids, dtype=object)[rows]
    return Run(tuple(query_ids), tuple(map(tuple, ids.tolist())), tuple(scores))


def every_score(similarity: Similarity, queries: Rows, paintings: Rows) -> NDArray[np.float64]:
    """Exact scores (q, n) of all pairs, text by text."""
    asked, shown = similarity.form(queries), similarity.form(paintings)
    found = np.empty((len(queries), len(paintings)))
    for number in range(len(queries)):
        found[number] = similarity.exact(pairs(asked, np.full(len(paintings), number)), shown)
    return found


def stored(similarity: Similarity, paintings: Rows, size: int) -> Iterator[Block]:
    """What is stored of paintings, so many at a time."""
    size = max(size, _LEAST)
    for start in range(0, len(paintings), size):
        yield start, similarity.stored(np.ascontiguousarray(paintings[start : start + size]))


def _decided(
    similarity: Similarity,
    queries: Rows,
    paintings: Rows,
    blocks: Iterable[Block],
    ranks: Places,
    k: int,
) -> tuple[Places, NDArray[np.float32]]:
    """The best `k` paintings (q, k) and their scores, by exact scores of all that may be there."""
    k = min(k, len(ranks))
    query, row = _candidates(similarity, queries, blocks, k)
    scores = _exact(similarity, queries, paintings, query, row)
    order = np.lexsort((ranks[row], -scores, query))
    first = np.searchsorted(query[order], np.arange(len(queries)))
    best = order[(first[:, None] + np.arange(k)).ravel()].reshape(len(queries), k)
    return row[best], scores[best]


def _exact(
    similarity: Similarity, queries: Rows, paintings: Rows, query: Places, row: Places
) -> NDArray[np.float32]:
    """Scores (m,) of pairs; paintings are brought into form once each, some at a time."""
    asked, scores = similarity.form(queries), np.empty(len(query), np.float32)
    by_row, step = np.argsort(row, kind="stable"), max(_PAIRED // queries.shape[1], 1)
    shown = np.unique(row)
    for start in range(0, len(shown), _SHOWN):
        some = shown[start : start + _SHOWN]
        form = similarity.form(np.ascontiguousarray(paintings[some]))
        begin, end = np.searchsorted(row[by_row], [some[0], some[-1] + 1])
        for at in range(begin, end, step):
            part = by_row[at : min(at + step, end)]
            seen = pairs(form, np.searchsorted(some, row[part]))
            scores[part] = similarity.exact(pairs(asked, query[part]), seen)
    return scores


def _candidates(
    similarity: Similarity, queries: Rows, blocks: Iterable[Block], k: int
) -> tuple[Places, Places]:
    """Pairs of a query and a painting that are sure to hold every query's true first `k`, ties at
    the cut included."""
    lowest = np.empty((len(queries), 0), np.float32)
    found: list[tuple[Places, Places, Scores]] = []
    for start, block in blocks:
        low, high = similarity.bounds(queries, block)
        lowest = _best(np.concatenate([lowest, _best(low, k)], axis=1), k)
        near = np.flatnonzero(high >= _cut(lowest, k)[:, None])
        query, row = np.divmod(near, high.shape[1])
        found.append((query, row + start, high.ravel()[near]))
    cut = _cut(lowest, k)
    sure = [(query, row, high >= cut[query]) for query, row, high in found]
    of = np.concatenate([query[kept] for query, _, kept in sure])
    return of, np.concatenate([row[kept] for _, row, kept in sure])


def _best(scores: Scores, k: int) -> Scores:
    """The best `k` of each row, in no order."""
    if scores.shape[1] <= k:
        return scores
    return np.asarray(np.partition(scores, -k, axis=1)[:, -k:])


def _cut(lowest: Scores, k: int) -> Scores:
    """What a score must reach to be one of the best `k`, or to be rounded to the last of them."""
    if lowest.shape[1] < k:
        return np.full(len(lowest), -np.inf)
    last = lowest.min(axis=1)
    return np.asarray(last - np.abs(last) * _ROUNDED)
