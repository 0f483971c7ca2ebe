"""From a cached entry to ranked lists."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness import rows
from benchmark.harness.cache import Entry
from benchmark.harness.job import IMAGES, RANKING, TEXTS
from benchmark.records import Run
from benchmark.results.store import read_run
from benchmark.scorers.measures import DEPTH
from benchmark.search.ranking import ranking

_SEARCHES = 20
"""Single searches timed for the latency of exact search."""


@dataclass(frozen=True)
class Ranked:
    """A run, and what finding it took beyond the model."""

    run: Run
    search_ms: float
    """Median milliseconds of one exact search; 0 for a searcher, whose own time has it all."""
    bytes_per_painting: int | None


def rank(entry: Entry, collection: Collection, query_ids: Sequence[str]) -> Ranked:
    """Rank the gallery for each query. Raises SubmissionFailed on unusable rows."""
    if entry.report().kind == "searcher":
        return Ranked(_of_searcher(entry, collection, query_ids), 0.0, None)
    from benchmark.search.exact import exact_search

    images = rows.read(entry.images / IMAGES, len(collection))
    texts = np.asarray(rows.read(entry.texts / TEXTS, len(query_ids)))
    if images.shape[1] != texts.shape[1]:
        raise SubmissionFailed(
            f"pictures have {images.shape[1]} dimensions, texts {texts.shape[1]}"
        )
    ids = collection.ids
    if out := set(entry.left_out()):
        kept = [row for row, painting in enumerate(ids) if painting not in out]
        images, ids = images[kept], tuple(ids[row] for row in kept)
    run = exact_search(query_ids, texts, ids, images, DEPTH)
    times = []
    for i in range(_SEARCHES):
        began = time.perf_counter()
        exact_search(query_ids[:1], texts[i % len(texts)][None], ids, images, DEPTH)
        times.append(1000 * (time.perf_counter() - began))
    return Ranked(run, float(np.median(times)), images.shape[1] * images.itemsize)


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
