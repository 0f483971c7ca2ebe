"""The stored embeddings that a published run follows from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BadInput
from benchmark.records import Run
from benchmark.results.schema import Result

_IMAGES, _TEXTS = "images.npy", "texts.npy"
_TRIED = 16
"""Queries whose scores must come out of the embeddings as they stand in the run, nearly."""
_NEAR = 0.01
"""By how much these may differ in the mean: another processor rounds 8-bit models otherwise."""


def embeddings(
    cache: Path, result: Result, run: Run, ids: Sequence[str], asked: Sequence[str]
) -> NDArray[np.float32]:
    """(n, d) of the paintings `ids`: of all that this machine keeps, those that give the run.

    So it does not matter by which code they were made. `asked`: ids of the queries, whose texts
    come first among those that are kept. Raises BadInput where there are none.
    """
    kept = result.queries.texts_digest[:24]
    best, nearest = None, _NEAR
    for texts in sorted(cache.glob(f"embeddings/*/{kept}/{_TEXTS}")):
        pictures = texts.parent.parent / _IMAGES
        if not pictures.is_file():
            continue
        found, read = (np.load(one, allow_pickle=False) for one in (pictures, texts))
        if found.shape == (len(ids), read.shape[1]) and len(read) >= len(asked):
            away = _away(found, read, run, ids, asked)
            if away < nearest:
                best, nearest = found, away
    if best is not None:
        return best
    name, collection = result.submission, result.collection.name
    remedy = f"cimaise run {name} --collection {collection} --fresh --no-costs"
    raise BadInput(f"{name} on {collection}", "no embeddings are stored here", remedy)


def _away(
    pictures: NDArray[np.float32],
    texts: NDArray[np.float32],
    run: Run,
    ids: Sequence[str],
    asked: Sequence[str],
) -> float:
    """By how much scores differ from the run's, in the mean over some queries."""
    row = {painting: at for at, painting in enumerate(ids)}
    listed = dict(zip(run.query_ids, zip(run.ids, run.scores, strict=True), strict=True))
    differences = []
    for at in range(0, len(asked), max(1, len(asked) // _TRIED)):
        paintings, scores = listed.get(asked[at], ((), np.zeros(0)))
        if paintings:
            first = [row[painting] for painting in paintings]
            differences.append(np.abs(pictures[first] @ texts[at] - scores).mean())
    return float(np.mean(differences)) if differences else float("inf")
