"""Every similarity that a submission may name, and search by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Run
from benchmark.search.binarised import Jaccard, Overlap
from benchmark.search.distances import Cosine, Euclidean
from benchmark.search.divergences import JensenShannon, KullbackLeibler
from benchmark.search.exact import exact_search
from benchmark.search.filtered import filtered_search
from benchmark.search.similarity import Similarity

INNER_PRODUCT = "inner product"
"""What is searched by where nothing is named: `benchmark.search.exact`."""

Name = Literal[
    "inner product",
    "cosine",
    "euclidean",
    "kullback-leibler",
    "jensen-shannon",
    "jaccard",
    "overlap",
]

_ALL = (Cosine(), Euclidean(), KullbackLeibler(), JensenShannon(), Jaccard(), Overlap())
SIMILARITIES: dict[str, Similarity] = {one.name: one for one in _ALL}
"""Those beside the inner product, by name."""


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


def bytes_per_painting(similarity: str, width: int) -> int:
    """Bytes to be kept of a painting whose embedding has so many numbers."""
    return (
        4 * width
        if similarity == INNER_PRODUCT
        else (SIMILARITIES[similarity].bytes_per_painting(width))
    )
