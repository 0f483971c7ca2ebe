"""What one ability is tried at, and what was found, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.isolation.model import Model
from benchmark.harness.selftest.restarting import Restarting
from benchmark.harness.selftest.subjects import Answers, Subject
from benchmark.harness.selftest.verdicts import Check, answered, compared, told_apart

ALONE = 8
"""Inputs that are asked one by one."""

SAME, ALIKE = 1e-3, 1e-2
"""Largest difference between the answers of two processes to the same batch, and between those
alone and in a batch. The latter leaves room for rounding by the shape of a batch: atelier-teacher
differs by 1e-7 in fp32, 1e-4 in fp16, 1e-3 in bf16, and by 0.2 if it is left in training mode."""


@dataclass(frozen=True)
class Timed:
    """Answers to all inputs, the seconds by our clock, and the most memory its process used."""

    answers: Answers
    seconds: float
    peak_memory: int


@dataclass(frozen=True)
class First:
    """What a first process answered: inputs one by one, which also warms it up, then all."""

    alone: Answers | SubmissionFailed
    together: Timed | SubmissionFailed


def trials(restarting: Restarting, asked: Sequence[Subject], progress: Progress) -> Iterator[Check]:
    """What is found of one ability; whatever fails, the rest is tried.

    Two processes are asked: one is timed, a fresh one must say the same and is put the odd inputs.
    """
    found = []
    for subject in asked:
        progress(subject.of, 0, 1)
        found.append(_first(restarting, subject))
    restarting.end()
    for subject, first in zip(asked, found, strict=True):
        progress(f"{subject.of}, again", 0, 1)
        yield from _regular(restarting, subject, first)
        for name, one in subject.odd.items():
            yield answered(subject.of, name, restarting.tried(_put(subject, [one])))
    restarting.end()
    widths = [one.together.answers.shape[1] for one in found if isinstance(one.together, Timed)]
    if asked[0].ability == "Encoder" and len(set(widths)) > 1:
        said = "pictures have {} dimensions, texts {}".format(*widths)
        yield Check(False, asked[-1].of, "dimensions", said)


def _regular(restarting: Restarting, subject: Subject, first: First) -> Iterator[Check]:
    """What is found of inputs as they are in every gallery."""
    of, alone, together = subject.of, first.alone, first.together
    if isinstance(together, SubmissionFailed):
        yield Check(False, of, "answers", str(together))
        return
    answers = together.answers
    kind = "captions" if answers.dtype.kind == "U" else answers.dtype
    yield Check(True, of, "shape", f"{answers.shape} {kind}")
    yield answered(of, "answers", answers)
    if subject.ability == "Encoder":
        yield told_apart(of, subject.kind, answers)
    again = restarting.tried(_put(subject, subject.inputs))
    if isinstance(again, SubmissionFailed):
        yield Check(False, of, "same twice", str(again))
    else:
        yield compared(of, "same twice", answers, again, SAME)
    if isinstance(alone, SubmissionFailed):
        yield Check(False, of, "alone", str(alone))
    elif subject.independent:
        yield compared(of, "alone, in batch", alone, answers[: len(alone)], ALIKE)
    rate, memory = len(answers) / together.seconds, together.peak_memory / 2**20
    took = f"{together.seconds:.3f} s, {rate:,.1f} a second"
    took += f"; peak memory {memory:,.0f} MiB" if subject.kind != "texts" else ""
    yield Check(True, of, f"{len(answers)} {subject.kind}", took)


def _first(restarting: Restarting, subject: Subject) -> First:
    few = subject.inputs[: ALONE if subject.independent else 1]
    return First(
        restarting.tried(lambda model: np.concatenate([subject.ask(model, [one]) for one in few])),
        restarting.tried(partial(_timed, subject)),
    )


def _timed(subject: Subject, model: Model) -> Timed:
    began = perf_counter()
    answers = subject.ask(model, subject.inputs)
    return Timed(answers, perf_counter() - began, model.watch.highest())


def _put(subject: Subject, inputs: Sequence[Any]) -> Callable[[Model], Answers]:
    return lambda model: subject.ask(model, inputs)
