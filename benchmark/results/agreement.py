"""Does a result still follow from what lies here, and does a new one confirm an earlier one?"""

from __future__ import annotations

from typing import Literal

from benchmark.queries.load import QuerySet
from benchmark.results.cost import Hardware
from benchmark.results.provenance import (
    audit_code,
    encode_code,
    measure_code,
    rank_code,
    score_code,
)
from benchmark.results.schema import Result
from benchmark.scorers.measures import MAIN

State = Literal["unchanged", "scored", "confirmed", "differs", "left out", "failed"]

TOLERANCE = 0.005
"""Largest change of a quality figure that still confirms an earlier result."""


def follows(result: Result | None, digest: str, fingerprint: str, query_set: QuerySet) -> bool:
    """Whether a stored result follows from this submission, gallery, queries and code."""
    if result is None:
        return False
    kept, asked = result.provenance, result.queries
    return (
        kept.submission == digest
        and kept.encode_code == encode_code()
        and kept.rank_code == rank_code()
        and kept.score_code == score_code()
        and result.collection.fingerprint == fingerprint
        and asked.texts_digest == query_set.texts_digest
        and asked.qrels_digest == query_set.qrels_digest
    )


def cost_follows(
    result: Result | None, digest: str, fingerprint: str, here: Hardware | None
) -> bool:
    """Whether a stored result has a cost of this submission and gallery, as measured now.

    `here`: on this machine; None: on any.
    """
    return (
        result is not None
        and result.cost is not None
        and result.provenance.submission == digest
        and result.collection.fingerprint == fingerprint
        and result.cost.code == measure_code()
        and here in (None, result.cost.hardware)
    )


def audit_follows(result: Result, digest: str, fingerprint: str) -> bool:
    """Whether a stored result has an audit of this submission and gallery, by today's code."""
    return (
        result.audit is not None
        and result.audit.code == audit_code()
        and result.provenance.submission == digest
        and result.collection.fingerprint == fingerprint
    )


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


def _same_question(a: Result, b: Result) -> bool:
    return (
        a.provenance.submission == b.provenance.submission
        and a.collection.fingerprint == b.collection.fingerprint
        and a.queries == b.queries
    )
