"""Exact nearest paintings by inner product, blocked, with ties decided by id alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run
from benchmark.search.ties import id_ranks, top_k

BLOCK = 65_536
"""Paintings searched at a time: bounds memory to the block, however large the gallery."""

_OVERFLOW = 1e37
"""Products near the end of float32 (3.4e38) are not proposed by faiss but all summed exactly."""

_SPARE = 8
"""Proposals asked of faiss beyond k, so that near ties at the cut seldom need a second look."""


class ExactIndex:
    """A gallery made ready to be searched many times.

    paintings (n, d) are finite float32 and may be memory-mapped.
    """

    def __init__(self, painting_ids: Sequence[str], paintings: NDArray[np.float32]) -> None:
        self._paintings = paintings
        self._ranks = id_ranks(painting_ids)
        self._names = np.array(painting_ids, dtype=object)
        lengths = (np.linalg.norm(block, axis=1).max() for _, block in _blocks(paintings))
        self._longest = float(max(lengths, default=0.0))

    @property
    def width(self) -> int:
        """Dimensions of the embeddings that are searched."""
        return int(self._paintings.shape[1])

    def search(self, query_ids: Sequence[str], queries: NDArray[np.float32], k: int) -> Run:
        """The best `k` paintings for each query; queries (q, d) are finite float32.

        A score is the inner product summed in float64 and rounded once to float32. A float32
        matrix product rounds differently at different places of a matrix, so equal pictures could
        win or lose by where they stand; faiss therefore only proposes, and the order is decided
        on exact scores.
        """
        k = min(k, len(self._names))
        ids, scores = [], []
        found = _candidates(queries, self._paintings, k, self._longest)
        for query, rows in zip(queries, found, strict=True):
            exact = _products(self._paintings, rows, query)
            best = top_k(exact, self._ranks[rows], k)
            ids.append(tuple(self._names[rows[best]].tolist()))
            scores.append(exact[best])
        return Run(tuple(query_ids), tuple(ids), tuple(scores))


def exact_search(
    query_ids: Sequence[str],
    queries: NDArray[np.float32],
    painting_ids: Sequence[str],
    paintings: NDArray[np.float32],
    k: int,
) -> Run:
    """The best `k` paintings for each query, in a gallery that is searched once."""
    return ExactIndex(painting_ids, paintings).search(query_ids, queries, k)


def _blocks(paintings: NDArray[np.float32]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The rows in blocks of at most BLOCK, each with the number of its first row."""
    for start in range(0, len(paintings), BLOCK):
        yield start, np.ascontiguousarray(paintings[start : start + BLOCK])


def _products(
    paintings: NDArray[np.float32], rows: NDArray[np.int64], query: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Inner products of `rows` with a query, equal for equal rows wherever they stand.

    BLAS sums the last rows of a matrix in another order than the first, even in float64.
    """
    wide = query.astype(np.float64)
    found = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        found[part] = np.einsum("ij,j->i", paintings[rows[part]].astype(np.float64), wide)
    return found


def _candidates(
    queries: NDArray[np.float32], paintings: NDArray[np.float32], k: int, longest: float
) -> list[NDArray[np.int64]]:
    """For each query, rows that are sure to hold its true top k, ties at the cut included."""
    proposals = []
    for start, block in _blocks(paintings):
        wanted = min(k + _SPARE, len(block))
        values, rows = faiss.knn(queries, block, wanted, metric=faiss.METRIC_INNER_PRODUCT)
        proposals.append((start, len(block), values, rows + start))

    every_value = np.concatenate([values for _, _, values, _ in proposals], axis=1)
    kth_best = np.partition(every_value, -k, axis=1)[:, -k]
    # A float32 dot product is off by at most d * 2^-24 * |q| * |x|; two of them, by twice that.
    # The 2 is for the last rounding, which makes scores equal that were nearly so.
    reach = np.linalg.norm(queries.astype(np.float64), axis=1) * longest
    if not (reach < _OVERFLOW).all():  # float32 products are no guide then
        return [np.arange(len(paintings))] * len(queries)
    cuts = kth_best - 2 * (queries.shape[1] + 2) * 2.0**-24 * reach

    found: list[list[NDArray[np.int64]]] = [[] for _ in queries]
    for start, size, values, rows in proposals:
        for query, cut in enumerate(cuts):
            if rows.shape[1] < size and values[query, -1] >= cut:  # the block may hold more
                block_scores = paintings[start : start + size] @ queries[query]
                found[query].append(start + np.flatnonzero(block_scores >= cut))
            else:
                found[query].append(rows[query, values[query] >= cut])
    return [parts[0] if len(parts) == 1 else np.concatenate(parts) for parts in found]
