"""Does a new result confirm an earlier answer to the same question?"""

from __future__ import annotations

from typing import Any, Literal

from benchmark.results.schema import Result
from benchmark.scorers import Scores
from benchmark.scorers.measures import MAIN

State = Literal["unchanged", "scored", "confirmed", "differs", "left out", "waits", "failed"]

TOLERANCE = 0.005
"""Largest change of a quality figure that still confirms an earlier result: another processor
rounds embeddings otherwise, so that near ties change places."""

ROUNDING = 1e-6
"""Largest change of a figure that is computed again from the same run."""

_APART = {"provenance", "cost", "audit", "disguise"}
"""Fields of a result that do not follow from its run and embeddings."""


def agreement(result: Result, earlier: Result | None) -> tuple[State, str]:
    """A new result beside an earlier answer to the same question: a word, and a line of detail."""
    main = f"{MAIN} {result.measures[MAIN.name].mean:.3f}"
    if earlier is None or not _same_question(result, earlier):
        return "scored", main
    gaps = {
        name: abs(value.mean - earlier.measures[name].mean)
        for name, value in result.measures.items()
        if name in earlier.measures
    }
    if not gaps:  # the board has other measures now
        return "scored", main
    worst = max(gaps, key=lambda name: gaps[name])
    if gaps[worst] <= TOLERANCE:
        return "confirmed", f"{main}, largest change {gaps[worst]:.4f}"
    was, now = earlier.measures[worst].mean, result.measures[worst].mean
    return "differs", f"{main}; {worst} was {was:.4f} when published, is {now:.4f} here"


def agrees(result: Result, earlier: Result, tolerance: float) -> bool:
    """Whether every figure and every word of two results is the same, within the tolerance.

    Provenance, costs and audits apart: they do not follow from embeddings.
    """
    return _alike(result.model_dump(exclude=_APART), earlier.model_dump(exclude=_APART), tolerance)


def scores_agree(scores: Scores, earlier: Scores, tolerance: float) -> bool:
    """Whether values per query are of the same queries, and as much alike on average."""
    return scores.keys() == earlier.keys() and all(
        values.keys() == earlier[name].keys()
        and sum(abs(value - earlier[name][query]) for query, value in values.items())
        <= tolerance * len(values)
        for name, values in scores.items()
    )


def _alike(a: Any, b: Any, tolerance: float) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_alike(a[key], b[key], tolerance) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        pairs = zip(a, b, strict=False)
        return len(a) == len(b) and all(_alike(one, other, tolerance) for one, other in pairs)
    if isinstance(a, float) and isinstance(b, float | int):
        return abs(a - b) <= tolerance * max(1.0, abs(a))
    return bool(a == b)


def _same_question(a: Result, b: Result) -> bool:
    return (
        a.provenance.submission == b.provenance.submission
        and a.collection.fingerprint == b.collection.fingerprint
        and a.pictures == b.pictures
        and a.queries == b.queries
    )
