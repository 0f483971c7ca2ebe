"""From answers, or the failure to give them, to a line that says whether all is well."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.errors import SubmissionFailed
from benchmark.harness.profiling.timings import gap
from benchmark.harness.selftest.subjects import Answers

_ROUNDING = 1e-6
"""Difference that rounding alone makes between embeddings of different inputs."""

_WORDS = 8
"""One caption in so many may differ: rounding may tip the choice between two words."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried: of what (empty: the submission itself), and what was found."""

    passed: bool
    of: str
    what: str
    detail: str


def answered(of: str, what: str, answers: Answers | SubmissionFailed) -> Check:
    """Whether there are answers; what came through the walls is finite."""
    if isinstance(answers, SubmissionFailed):
        return Check(False, of, what, str(answers))
    if answers.dtype.kind == "U":
        return Check(True, of, what, f"such as: {answers[0, 0][:60]}")
    return Check(True, of, what, f"finite, from {answers.min():.3g} to {answers.max():.3g}")


def compared(of: str, what: str, a: Answers, b: Answers, most: float) -> Check:
    """Whether two answers to the same are alike.

    `most`: the largest difference, in units of the largest number or of 1, if that is more.
    """
    if a.shape != b.shape:
        return Check(False, of, what, f"answers have the shapes {a.shape} and {b.shape}")
    if a.dtype.kind == "U":
        differ = int((a != b).sum())
        return Check(_WORDS * differ <= len(a), of, what, f"{differ} of {len(a)} captions differ")
    found = gap(a, b)
    detail = f"largest difference {found:.1g} (at most {most:g})"
    remedy = "; call eval(), and seed what is random from the input"
    return Check(found <= most, of, what, detail + remedy * (found > most))


def told_apart(of: str, kind: str, embeddings: Answers) -> Check:
    """Whether different inputs have different embeddings."""
    scale = max(1.0, float(np.abs(embeddings).max()))
    apart = float(np.ptp(embeddings, axis=0).max()) / scale
    if apart <= _ROUNDING:
        return Check(False, of, "told apart", f"all {kind} get the same embedding")
    return Check(True, of, "told apart", f"{kind} differ by up to {apart:.2g}")
