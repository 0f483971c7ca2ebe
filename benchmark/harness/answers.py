"""What a worker answers while it is measured; checked, for it runs a stranger's code."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Natural = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ready(_Answer):
    """The model stands; its first calls are made."""

    kind: str
    """"encoder" or "searcher"."""
    device: str
    load_s: Natural
    """Seconds to import what the model needs and to make it; a searcher's index included."""
    first_query_ms: Natural
    first_picture_ms: Natural | None
    bare_mb: Natural
    """Resident memory of the worker before the model was loaded, MiB."""


class Singles(_Answer):
    """Queries put one at a time: milliseconds of encoding and of searching each."""

    encode_ms: list[Natural]
    search_ms: list[Natural]


class Batches(_Answer):
    """Inputs put in batches, and the seconds they took."""

    items: Annotated[int, Field(gt=0)]
    seconds: Positive


class Repeats(_Answer):
    """Milliseconds for one input again and again, and for as many distinct ones, round by round."""

    same_ms: list[Positive]
    distinct_ms: list[Positive]


class Kept(_Answer):
    """Rows left in files, by the number of the input each belongs to."""

    texts: list[int]
    images: list[int]
    alone: list[int]


class Sizes(_Answer):
    """Peak memory, MiB, and floating-point operations of one input. None: not known."""

    peak_mb: Positive
    allocated_mb: Natural | None
    reserved_mb: Natural | None
    flops_per_picture: Natural | None
    flops_per_query: Natural | None
