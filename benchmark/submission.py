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

from benchmark.adapters import ModelTable, Repository, adapters, declared, pinned
from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.named_files import check_named
from benchmark.parsing import toml
from benchmark.pretrained.packages import need
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.search.similarity import Name as SimilarityName
from benchmark.submission_files import MANIFEST, check, files
from benchmark.tables import NAME, Link, Name, Table, Text, seen, validated
from benchmark.workspace import digest_of

if TYPE_CHECKING:
    Model: TypeAlias = ModelTable
else:  # the table of the adapter that it names
    _TABLES = tuple(adapter.table for adapter in adapters().values())
    Model = Annotated[Union[_TABLES], Field(discriminator="adapter")]  # noqa: UP007

_LEVELS = 3
"""Pipelines that may stand on one another."""
_REQUIREMENT = r"^[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+!]*$"


class Pipeline(Table):
    """How other submissions take part: a first stage whose best are re-ranked, or a fusion."""

    first: Name | None = Field(
        None, description="submission that searches; this one's model re-ranks what it finds"
    )
    depth: int = Field(50, ge=1, le=100, description="its best so many are re-ranked")
    fuse: list[Name] | None = Field(
        None, min_length=2, max_length=8, description="submissions whose lists become one"
    )
    constant: float = Field(
        60, gt=0, le=1e6, allow_inf_nan=False, description="of reciprocal rank fusion"
    )
    weights: list[Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]] | None = Field(
        None, description="one for each of fuse: their scores are summed, not their ranks"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Pipeline:
        if (self.first is None) == (self.fuse is None):
            raise ValueError("name exactly one of first, fuse")
        other = {"constant", "weights"} if self.first else {"depth"}
        if other & self.model_fields_set:
            raise ValueError("depth goes with first, constant and weights with fuse")
        if self.weights is not None and "constant" in self.model_fields_set:
            raise ValueError("constant is of ranks, weights of scores: name one of them")
        if self.weights is not None and len(self.weights) != len(self.fuse or ()):
            raise ValueError("weights: name one for each of fuse")
        if len(set(self.stages)) < len(self.stages):
            raise ValueError("fuse names a submission twice")
        return self

    @property
    def stages(self) -> list[str]:
        """The submissions that it stands on, by name."""
        return [self.first] if self.first else list(self.fuse or [])


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


class Search(Table):
    """How an encoder's embeddings are searched."""

    similarity: SimilarityName = Field(
        INNER_PRODUCT, description="how alike a text and a painting are, by their embeddings"
    )


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
    training_data: list[Text] | None = Field(
        None,
        max_length=50,
        description="data sets that it, its teachers and its base learned from; [] for none",
    )
    """None: not stated."""
    requires: list[Annotated[str, Field(pattern=_REQUIREMENT, max_length=200)]] = Field(
        [], max_length=20, description='packages that must be installed: "name==version"'
    )
    batch_size: BatchSize = 32
    limits: Limits = Limits()
    model: Model | None = None
    """None for a fusion alone."""
    pipeline: Pipeline | None = None
    search: Search | None = None

    @property
    def similarity(self) -> SimilarityName:
        """What its embeddings are searched by."""
        return self.search.similarity if self.search else INNER_PRODUCT

    @property
    def adapter(self) -> str:
        """How its model is made; "pipeline" where it has none of its own."""
        return self.model.adapter if self.model else "pipeline"

    @property
    def own_model(self) -> ModelTable:
        """Its [model] table; not to be asked of a fusion, which has none."""
        assert self.model is not None, "a fusion has no model, and is asked for none"
        return self.model

    @property
    def repository(self) -> Repository | None:
        """The hub's repository that its weights are pinned to; None where they are its own."""
        return pinned(self.model) if self.model else None

    @model_validator(mode="after")
    def _names_inputs_once(self) -> Submission:
        if len(set(self.inputs)) < len(self.inputs):
            raise ValueError("inputs: names one twice")
        return self

    @model_validator(mode="after")
    def _has_what_it_does(self) -> Submission:
        fuses = self.pipeline is not None and self.pipeline.fuse is not None
        if fuses and self.model:
            raise ValueError("model: a fusion has no model of its own: remove the table")
        if not fuses and not self.model:
            raise ValueError("model: missing; add it")
        if self.pipeline and self.search:
            raise ValueError("search: a pipeline has its stages' lists: remove the table")
        if self.pipeline and self.pipeline.first and "image" not in self.inputs:
            raise ValueError('inputs: a re-ranker sees pictures: add "image"')
        return self

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
    submission = _manifest(folder)
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
    for name, stage in (stages(folder, submission) | {submission.name: submission}).items():
        need(f"{folder.parent / name / MANIFEST}: requires", stage.requires)
    names = {path.relative_to(folder).as_posix(): path for path in found}
    check(folder, found)
    if (model := submission.model) is not None:
        check_named(folder, names, model, "model", weights_to_come)
        refuse_code(model.adapter, declared(model), names, f"{folder}/")
    return submission


def _manifest(folder: Path) -> Submission:
    """The validated manifest alone. Raises BadInput naming file and field."""
    return validated(folder / MANIFEST, Submission, toml(folder / MANIFEST))


def stages(
    folder: Path, submission: Submission, above: tuple[str, ...] = ()
) -> dict[str, Submission]:
    """All submissions that a pipeline stands on, by name, each after those it stands on itself.

    Empty for what is no pipeline. Raises BadInput for an unknown stage, a circle, and for inputs
    that the whole does not name.
    """
    pipeline, manifest, found = submission.pipeline, folder / MANIFEST, dict[str, Submission]()
    if pipeline is None:
        return found
    field = f"pipeline.{'first' if pipeline.first else 'fuse'}"
    above = (*above, submission.name)
    for name in pipeline.stages:
        if len(above) > _LEVELS:
            problem = f"{field}: more than {_LEVELS} pipelines stand on one another"
            raise BadInput(manifest, problem, "name what they stand on itself")
        if name in above:
            way = " > ".join([*above[above.index(name) :], name])
            raise BadInput(manifest, f"{field}: goes in a circle ({way})", "name another stage")
        stage = folder.parent / name
        if not _is_submission(stage):
            raise BadInput(
                manifest, f"{field}: no submission is named '{name}'", "mend the name, or add it"
            )
        below = _manifest(stage)
        found |= stages(stage, below, above)
        found[name] = below
        if unseen := sorted(set(below.inputs) - set(submission.inputs)):
            problem = f"inputs: lacks \"{unseen[0]}\", which its stage '{name}' sees"
            raise BadInput(manifest, problem, "add it")
    return found


def checkpoint_of(files: Mapping[str, str]) -> str:
    """Digest of all that decides what a submission computes.

    `files`: name -> digest of files, of the submission first, then of all that it stands on.
    """
    (_, own), *below = files.items()
    return digest_of(own, *(part for pair in below for part in pair)) if below else own


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
