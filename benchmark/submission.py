"""What a submission says of itself: `submission.toml`, validated."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, Union

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    model_validator,
)

from benchmark.adapters import ModelTable, adapters, declared
from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.named_files import check_named
from benchmark.parsing import toml
from benchmark.submission_files import MANIFEST, check, files
from benchmark.tables import NAME, Link, Name, Table, Text, seen, validated

if TYPE_CHECKING:
    Model: TypeAlias = ModelTable
else:  # the table of the adapter that it names
    _TABLES = tuple(adapter.table for adapter in adapters().values())
    Model = Annotated[Union[_TABLES], Field(discriminator="adapter")]  # noqa: UP007


def _count_or_auto(value: object) -> object:
    """Refuse in one line what neither side of the union takes."""
    if value == "auto" or (type(value) is int and 1 <= value <= 4096):
        return value
    raise ValueError('is a whole number from 1 to 4096, or "auto"')


BatchSize = Annotated[
    Annotated[int, Field(ge=1, le=4096)] | Literal["auto"], BeforeValidator(_count_or_auto)
]


class Limits(Table):
    """What the model's process may use; the greatest values allowed are the project's ceilings."""

    wall_s: int = Field(3600, ge=1, le=86_400, description="seconds, start to end")
    memory_gb: float = Field(
        8, gt=0, le=64, allow_inf_nan=False, description="resident, all its processes together"
    )
    scratch_gb: float = Field(
        1, gt=0, le=16, allow_inf_nan=False, description="what it may write, kept in memory"
    )
    processes: int = Field(32, ge=2, le=256)


class Submission(Table):
    """A validated `submission.toml`."""

    name: Name = Field(description="the folder's own name")
    title: Text
    summary: Annotated[
        str,
        Field(min_length=1, max_length=1000, description="one sentence for the board"),
        AfterValidator(seen),
    ]
    role: Literal["teacher", "distilled", "fine-tuned", "hybrid", "baseline"]
    teacher: Name | None = Field(None, description="submission it was distilled from")
    base: Name | None = Field(None, description="submission it was fine-tuned from")
    inputs: list[Literal["image", "metadata", "graph"]] = Field(min_length=1, max_length=3)
    licence: Text = Field(max_length=100)
    authors: list[Text] = Field([], max_length=50)
    links: list[Link] = Field([], max_length=20)
    batch_size: BatchSize = 32
    limits: Limits = Limits()
    model: Model

    @model_validator(mode="after")
    def _names_its_teacher(self) -> Submission:
        if self.role == "distilled" and self.teacher is None:
            raise ValueError("teacher: a distilled model names the submission it learned from")
        return self


def load(folder: Path, weights_to_come: bool = False) -> Submission:
    """Read and validate a submission's folder. Raises BadInput naming file and field.

    `weights_to_come`: the weights it names are about to be trained and need not be there.
    """
    if not re.fullmatch(NAME, folder.name):
        remedy = "use small letters, digits and hyphens, at most 80"
        raise BadInput(safe(folder.name), "is no name for a submission", remedy)
    found = files(folder)
    manifest = folder / MANIFEST
    if manifest not in found:
        raise BadInput(manifest, "missing", "make one with: cimaise new NAME --adapter open_clip")
    submission = validated(manifest, Submission, toml(manifest))
    if submission.name != folder.name:
        twin = folder.parent / submission.name
        also = f", which is already {twin}" if twin.is_dir() else ""
        raise BadInput(
            manifest, f"name: '{submission.name}'{also}", f"use the folder's name '{folder.name}'"
        )
    for field, relative in (("teacher", submission.teacher), ("base", submission.base)):
        if relative == submission.name:
            raise BadInput(manifest, f"{field}: names the submission itself")
        if relative is not None and not _is_submission(folder.parent / relative):
            raise BadInput(manifest, f"{field}: no submission is named '{relative}'")
    names = {path.relative_to(folder).as_posix(): path for path in found}
    model = submission.model
    check_named(folder, names, model, "model", weights_to_come)
    check(folder, found)
    refuse_code(model.adapter, declared(model), names, f"{folder}/")
    return submission


def _is_submission(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).is_file()
    except OSError:  # a folder that this user may not enter
        return False


def load_all(folder: Path, names: list[str] | None = None) -> dict[str, Submission | BadInput]:
    """Every submission under `folder`, or those named, in name order; a bad one as its error.

    A folder whose name is none goes by what `safe` makes of it.
    """
    found: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
            if not entry.name.startswith((".", "__")) and _may_be_one(entry):
                found[_other_than(found, safe(entry.name))] = entry.name
    for name in names or []:
        if name not in found:
            raise BadInput(
                safe(name), f"no such submission in {folder}", "there are: " + ", ".join(found)
            )
    loaded: dict[str, Submission | BadInput] = {}
    for name in sorted(set(names)) if names else found:
        try:
            loaded[name] = load(folder / found[name])
        except BadInput as error:
            loaded[name] = error
    return loaded


def _may_be_one(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to where this user may not go
        return True


def safe(name: str) -> str:
    """A stranger's name for a table: what no name holds is a question mark, cut at 80."""
    return re.sub(r"[^A-Za-z0-9._-]", "?", name)[:80]


def _other_than(taken: Mapping[str, str], name: str) -> str:
    while name in taken:
        name += "?"
    return name
