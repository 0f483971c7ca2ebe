"""From a cached entry to ranked lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness import rows
from benchmark.harness.cache import Entry
from benchmark.harness.job import IMAGES, RANKING, TEXTS
from benchmark.records import Run
from benchmark.results.store import read_run
from benchmark.scorers.measures import DEPTH
from benchmark.search.ranking import ranking


def rank(entry: Entry, collection: Collection, query_ids: Sequence[str]) -> Run:
    """Rank the gallery for each query. Raises SubmissionFailed on unusable rows."""
    if entry.report().kind == "searcher":
        return _of_searcher(entry, collection, query_ids)
    from benchmark.search.exact import exact_search

    texts, images, ids = table(entry, collection, len(query_ids))
    return exact_search(query_ids, texts, ids, images, DEPTH)


def table(
    entry: Entry, collection: Collection, queries: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], tuple[str, ...]]:
    """An encoder's text rows (q, d), its picture rows (n, d), and the paintings of the latter.

    Paintings left out have none. Raises SubmissionFailed on unusable rows.
    """
    images = rows.read(entry.images / IMAGES, len(collection))
    texts = np.asarray(rows.read(entry.texts / TEXTS, queries))
    if images.shape[1] != texts.shape[1]:
        raise SubmissionFailed(
            f"pictures have {images.shape[1]} dimensions, texts {texts.shape[1]}"
        )
    ids = collection.ids
    if out := set(entry.left_out()):
        kept = [row for row, painting in enumerate(ids) if painting not in out]
        images, ids = images[kept], tuple(ids[row] for row in kept)
    return texts, images, ids


def width(entry: Entry, collection: Collection) -> int | None:
    """Numbers kept for each painting; None for a searcher."""
    if entry.report().kind == "searcher":
        return None
    return int(rows.read(entry.images / IMAGES, len(collection)).shape[1])


def _of_searcher(entry: Entry, collection: Collection, query_ids: Sequence[str]) -> Run:
    """The lists a searcher's worker left, checked again: it ran a stranger's code.

    Queries are numbered there, for the worker is not told their ids; empty lists are absent.
    """
    stored = read_run(entry.texts / RANKING)
    numbers = {str(number): query for number, query in enumerate(query_ids)}
    if unknown := set(stored.query_ids) - numbers.keys():
        raise SubmissionFailed(f"{RANKING} answers a query '{min(unknown)}' that was not put")
    names = [numbers[number] for number in stored.query_ids]
    return ranking(names, stored.ids, stored.scores, set(collection.ids), DEPTH)
