"""The best of a first stage, scored anew by a model that sees text and pictures together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.errors import BadInput
from benchmark.harness.evaluation.disguise import shuffled
from benchmark.harness.evaluation.encode import Progress, picture
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.results.store import read_run, write_run

AT_ONCE = 8
"""Texts whose scores are written at a time: what a kill can lose."""

Scores = dict[str, dict[str, float]]
"""Query -> painting -> score."""


def score(
    model: Model, collection: Collection, text: str, paintings: Sequence[str]
) -> dict[str, float]:
    """The scores of some paintings for a text; those that cannot be read have none.

    The model is shown the pictures without names and in an order drawn for this call.
    """
    if not paintings:
        return {}
    at = {name: row for row, name in enumerate(collection.ids)}
    mixed = [paintings[place] for place in shuffled(len(paintings))]
    pictures = [picture(collection, at[name]) for name in mixed]
    scores, read = model.rerank(
        text, pictures, lambda place: readable(collection, at[mixed[place]])
    )
    return {mixed[place]: float(value) for place, value in zip(read, scores, strict=True)}


def kept_scores(
    model: Model,
    collection: Collection,
    questions: Mapping[str, str],
    first: Run,
    depth: int,
    kept: Path,
    parts: Path,
    progress: Progress,
) -> Scores:
    """Scores of the best `depth` of each list of `first`; `questions`: query -> text.

    What lies in `kept`, or in `parts` from a run that was stopped, stands where it is of the same
    paintings; the rest is asked, a few texts at a time, each kept in `parts` once it is whole. In
    the end all of it is in `kept`.
    """
    wanted = {
        query: ids[:depth] for query, ids in zip(first.query_ids, first.ids, strict=True) if ids
    }
    parts.mkdir(parents=True, exist_ok=True)
    done: Scores = {}
    for path in (kept, *sorted(parts.glob("*.parquet"))):
        done |= _standing(path, wanted, collection)
    todo = [query for query in wanted if query not in done]
    mixed = [todo[place] for place in shuffled(len(todo))]
    written = len(list(parts.iterdir()))
    for number, start in enumerate(range(0, len(mixed), AT_ONCE), written):
        part = {
            query: score(model, collection, questions[query], wanted[query])
            for query in mixed[start : start + AT_ONCE]
        }
        write_run(parts / f"{number:08d}.parquet", _as_run(part))
        done |= part
        progress("re-ranking", len(wanted) - len(mixed) + start + len(part), len(wanted))
    write_run(kept, _as_run(done))
    return done


def readable(collection: Collection, row: int) -> bool:
    """Whether a picture can be read, by our own look."""
    try:
        collection.image(row)
    except UnreadablePicture:
        return False
    return True


def _standing(path: Path, wanted: Mapping[str, Sequence[str]], collection: Collection) -> Scores:
    """The scores in a file that are of the paintings `wanted` now; none where it is no such file.

    A painting without a score must be one that cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        run = read_run(path)
    except BadInput:  # a part that is broken is asked again
        return {}
    at = {name: row for row, name in enumerate(collection.ids)}
    found: Scores = {}
    for query, ids, values in zip(run.query_ids, run.ids, run.scores, strict=True):
        missing = set(wanted.get(query, ())) ^ set(ids)
        known = missing <= set(wanted.get(query, ())) and np.isfinite(values).all()
        if known and not any(readable(collection, at[name]) for name in missing):
            found[query] = dict(zip(ids, map(float, values), strict=True))
    return found


def _as_run(scores: Scores) -> Run:
    """Scores as they are kept, best first."""
    lists = [sorted(by, key=lambda name: (-by[name], name)) for by in scores.values()]
    values = [
        np.array([by[name] for name in ids], np.float32)
        for by, ids in zip(scores.values(), lists, strict=True)
    ]
    return Run(tuple(scores), tuple(map(tuple, lists)), tuple(values))
