"""The one tie rule: score descending, then id descending, as trec_eval orders a run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def id_ranks(ids: Sequence[str]) -> NDArray[np.int64]:
    """Place of each id when ids are sorted descending (0 is the greatest): shape (n,).

    Compares UTF-8 bytes, as trec_eval's strcmp does.
    """
    order = sorted(range(len(ids)), key=lambda row: ids[row].encode(), reverse=True)
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[order] = np.arange(len(ids))
    return ranks


def top_k(scores: NDArray[np.floating], ranks: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Rows of the best `k` of `scores` (n,), ties by `ranks` (n,), ties across the cut included.

    Scores are compared as float32, because trec_eval keeps no more.
    """
    scores = scores.astype(np.float32)
    rows = np.arange(len(scores))
    if k < len(scores):
        cut = np.partition(scores, len(scores) - k)[len(scores) - k]
        rows = np.flatnonzero(scores >= cut)
    return rows[np.lexsort((ranks[rows], -scores[rows]))][:k]
