"""What the training of a submission says of itself, in a file that it left."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field, FiniteFloat, ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import read
from benchmark.results.schema import Interval
from benchmark.scorers.measures import MAIN
from benchmark.submission_files import LOG


class Trial(BaseModel):
    """How many synthetic queries were put to how many scenes."""

    synthetic_queries: int
    scenes: int


_LONGEST_LOG = 16 << 20
"""Bytes of a training's log that are read; ours have some kilobytes."""


class Log(BaseModel):
    """What a training may say of itself; all else in its log is passed over."""

    before: dict[str, FiniteFloat] = Field({}, alias="top_1_before")
    after: dict[str, FiniteFloat] = Field({}, alias="top_1_after")
    found_before: dict[str, FiniteFloat] = Field({}, alias=f"{MAIN}_before")
    found_after: dict[str, FiniteFloat] = Field({}, alias=f"{MAIN}_after")
    gain: dict[str, Interval] = Field({}, alias=f"{MAIN}_gain")
    trial: dict[str, Trial] = {}


def training_log(folder: Path) -> Log:
    """The log in a submission's folder; an empty one where it is missing or says something else."""
    path = folder / LOG
    if not path.is_file() or path.resolve() != folder.parent.resolve() / folder.name / LOG:
        return Log()
    try:
        return Log.model_validate_json(read(path, _LONGEST_LOG))
    except (BadInput, ValidationError):
        return Log()
