"""Every similarity that a submission may name, and search by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run
from benchmark.search.binarised import Jaccard, Overlap
from benchmark.search.distances import Cosine, Euclidean
from benchmark.search.divergences import JensenShannon, KullbackLeibler
from benchmark.search.exact import ExactIndex, exact_search
from benchmark.search.filtered import FilteredIndex, every_score, filtered_search
from benchmark.search.similarity import INNER_PRODUCT, Similarity

_ALL = (Cosine(), Euclidean(), KullbackLeibler(), JensenShannon(), Jaccard(), Overlap())
SIMILARITIES: dict[str, Similarity] = {one.name: one for one in _ALL}
"""Those beside the inner product, by name."""

Index = ExactIndex | FilteredIndex
"""A gallery made ready to be searched many times."""


def index(similarity: str, painting_ids: Sequence[str], paintings: NDArray[np.float32]) -> Index:
    """A gallery made ready to be searched many times, by a similarity."""
    if similarity == INNER_PRODUCT:
        return ExactIndex(painting_ids, paintings)
    return FilteredIndex(SIMILARITIES[similarity], painting_ids, paintings)


def search(
    similarity: str,
    query_ids: Sequence[str],
    queries: NDArray[np.float32],
    painting_ids: Sequence[str],
    paintings: NDArray[np.float32],
    k: int,
) -> Run:
    """The best `k` paintings for each query, in a gallery that is searched once."""
    if similarity == INNER_PRODUCT:
        return exact_search(query_ids, queries, painting_ids, paintings, k)
    named = SIMILARITIES[similarity]
    return filtered_search(named, query_ids, queries, painting_ids, paintings, k)


def scores(
    similarity: str, queries: NDArray[np.float32], paintings: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Scores (q, n) of all pairs, of a gallery that is small."""
    if similarity == INNER_PRODUCT:
        return np.asarray(queries.astype(np.float64) @ paintings.astype(np.float64).T)
    return every_score(SIMILARITIES[similarity], queries, paintings)


def bytes_per_painting(similarity: str, width: int) -> int:
    """Bytes to be kept of a painting whose embedding has so many numbers."""
    return (
        4 * width
        if similarity == INNER_PRODUCT
        else (SIMILARITIES[similarity].bytes_per_painting(width))
    )
