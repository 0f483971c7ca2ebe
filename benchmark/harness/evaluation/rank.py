"""From a cached entry to ranked lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.report import IMAGES, RANKING, TEXTS
from benchmark.records import Run
from benchmark.results.store import read_run
from benchmark.scorers import Embeddings
from benchmark.scorers.measures import DEPTH


def rank(entry: Entry, collection: Collection, query_ids: Sequence[str], depth: int = DEPTH) -> Run:
    """Rank the gallery for each query. Raises SubmissionFailed on unusable rows."""
    if entry.report().kind == "searcher":
        return _of_searcher(entry, query_ids, depth)
    from benchmark.search.exact import exact_search

    texts, images, ids = table(entry, collection, len(query_ids))
    return exact_search(query_ids, texts, ids, images, depth)


def table(
    entry: Entry, collection: Collection, queries: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], tuple[str, ...]]:
    """An encoder's text rows (q, d), its picture rows (n, d), and the paintings of the latter.

    Paintings left out have none. Raises SubmissionFailed on unusable rows.
    """
    images = read(entry.images / IMAGES, len(collection))
    texts = np.asarray(read(entry.texts / TEXTS, queries))
    if images.shape[1] != texts.shape[1]:
        raise SubmissionFailed(
            f"pictures have {images.shape[1]} dimensions, texts {texts.shape[1]}"
        )
    ids = collection.ids
    if out := set(entry.left_out()):
        kept = [row for row, painting in enumerate(ids) if painting not in out]
        images, ids = images[kept], tuple(ids[row] for row in kept)
    return texts, images, ids


def embeddings(entry: Entry, collection: Collection, query_ids: Sequence[str]) -> Embeddings | None:
    """What an encoder's lists were made from; None for a searcher."""
    report = entry.report()
    if report.kind == "searcher":
        return None
    texts, images, ids = table(entry, collection, len(query_ids))
    cut = None if report.truncated is None else report.truncated / len(query_ids)
    return Embeddings(query_ids, texts, ids, images, cut)


def read(path: Path, count: int) -> NDArray[np.float32]:
    """Memory-map the (count, d) float32 embeddings that were kept. Raises BadInput."""
    try:
        rows = np.lib.format.open_memmap(path, mode="r")  # knows no pickle
    except (OSError, ValueError):
        raise BadInput(path, "cannot be read", "cimaise run --fresh") from None
    if rows.dtype != np.float32 or rows.ndim != 2 or len(rows) != count:
        problem = f"holds {rows.dtype} {rows.shape}, not float32 ({count}, d)"
        raise BadInput(path, problem, "cimaise run --fresh")
    return rows


def width(entry: Entry, collection: Collection) -> int | None:
    """Numbers kept for each painting; None for a searcher alone."""
    if entry.report().kind == "searcher":
        return entry.report().dimensions
    return int(read(entry.images / IMAGES, len(collection)).shape[1])


def _of_searcher(entry: Entry, query_ids: Sequence[str], depth: int) -> Run:
    """The lists that were kept under the numbers of queries; empty ones are absent."""
    stored = read_run(entry.texts / RANKING)
    names = tuple(query_ids[int(number)] for number in stored.query_ids)
    return Run(names, tuple(found[:depth] for found in stored.ids),
               tuple(scores[:depth] for scores in stored.scores))  # fmt: skip
