"""What a submission says of itself: `submission.toml`, validated."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.parsing import shown, toml
from benchmark.submission_files import MANIFEST, check, files
from benchmark.submission_files import digest as digest_of_files
from benchmark.workspace import digest_of

_NAMING = ("weights", "config", "folder", "file", "pictures", "texts")
"""Keys of the model table that name a file of the submission."""

_LEVELS = 3
"""Pipelines that may stand on one another."""

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what is not seen, and can make a line read otherwise than it is."""


def _seen(text: str) -> str:
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise ValueError("has control or invisible characters")
    return text


NAME = r"^[a-z0-9][a-z0-9-]{0,79}$"
Name = Annotated[str, Field(pattern=NAME)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_seen)]
Link = Annotated[str, Field(max_length=500, pattern=r"^https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Weights(_Table):
    """Where weights come from: a file here, or a repository of the Hugging Face hub."""

    weights: Text | None = Field(None, description="safetensors file in this folder")
    hub: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}$",
        description="repository of the hub, owner/name",
    )
    revision: str | None = Field(
        None,
        pattern=r"^[0-9a-f]{40}$",
        description="commit of the hub repository, 40 hex digits",
    )
    precision: Literal["fp32", "fp16", "bf16"] = "fp32"

    @model_validator(mode="after")
    def _pinned(self) -> _Weights:
        if (self.hub is None) != (self.revision is None):
            raise ValueError("hub and revision go together: name the commit that is pinned")
        return self


class OpenClip(_Weights):
    """A model of open_clip: a named architecture, or open_clip_config.json in this folder."""

    adapter: Literal["open_clip"]
    architecture: Text | None = Field(None, description="a name open_clip knows")
    config: Text | None = Field(None, description="open_clip_config.json in this folder")
    pretrained: Text | None = Field(None, description="a pretrained tag open_clip knows")

    @model_validator(mode="after")
    def _one_source(self) -> OpenClip:
        if [self.weights, self.hub, self.pretrained].count(None) != 2:
            raise ValueError("name exactly one of weights, hub, pretrained")
        if self.hub is None and (self.architecture is None) == (self.config is None):
            raise ValueError("name exactly one of architecture, config")
        if self.hub is not None and (self.architecture or self.config):
            raise ValueError("a hub repository brings its own config: drop architecture, config")
        if self.pretrained is not None and self.architecture is None:
            raise ValueError("pretrained needs the architecture it belongs to")
        return self


class Transformers(_Weights):
    """A CLIP or SigLIP model in the transformers layout: a folder here, or a hub repository."""

    adapter: Literal["transformers"]
    folder: Text | None = Field(None, description="folder here holding config.json and the rest")

    @model_validator(mode="after")
    def _one_source(self) -> Transformers:
        if self.weights is not None:
            raise ValueError("transformers models are folders: use folder instead of weights")
        if (self.folder is None) == (self.hub is None):
            raise ValueError("name exactly one of folder, hub")
        return self


class Onnx(_Table):
    """Two ONNX graphs in the layout of the hub's exports, run by onnxruntime."""

    adapter: Literal["onnx"]
    pictures: Text = Field("vision_model.onnx", description="graph from pixel_values to rows")
    texts: Text = Field("text_model.onnx", description="graph from input_ids to rows")
    folder: Text = Field(".", description="where preprocessor_config.json and tokenizer.json lie")


class Python(_Table):
    """Any other model: a class in the submission's own code."""

    adapter: Literal["python"]
    file: Text = "encoder.py"
    entry: Text = Field("Encoder", description="the class, made with no arguments")


class Pipeline(_Table):
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

    @model_validator(mode="after")
    def _one_way(self) -> Pipeline:
        if (self.first is None) == (self.fuse is None):
            raise ValueError("name exactly one of first, fuse")
        other = "constant" if self.first else "depth"
        if other in self.model_fields_set:
            raise ValueError("depth goes with first, constant with fuse")
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


class Limits(_Table):
    """What the model's process may use; the greatest values allowed are the project's ceilings."""

    wall_s: int = Field(3600, ge=1, le=86_400, description="seconds, start to end")
    memory_gb: float = Field(
        8, gt=0, le=64, allow_inf_nan=False, description="resident, all its processes together"
    )
    scratch_gb: float = Field(
        1, gt=0, le=16, allow_inf_nan=False, description="what it may write, kept in memory"
    )
    processes: int = Field(32, ge=2, le=256)


class Submission(_Table):
    """A validated `submission.toml`."""

    name: Name = Field(description="the folder's own name")
    title: Text
    summary: Annotated[
        str,
        Field(min_length=1, max_length=1000, description="one sentence for the board"),
        AfterValidator(_seen),
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
    model: (
        Annotated[OpenClip | Transformers | Onnx | Python, Field(discriminator="adapter")] | None
    ) = None
    """None for a fusion alone."""
    pipeline: Pipeline | None = None

    @property
    def adapter(self) -> str:
        """How its model is made; "pipeline" where it has none of its own."""
        return self.model.adapter if self.model else "pipeline"

    @model_validator(mode="after")
    def _has_what_it_does(self) -> Submission:
        fuses = self.pipeline is not None and self.pipeline.fuse is not None
        if fuses and self.model:
            raise ValueError("model: a fusion has no model of its own: remove the table")
        if not fuses and not self.model:
            raise ValueError("model: missing; add it")
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
    stages(folder, submission)
    model = submission.model
    named = model.model_dump(include=set(_NAMING), exclude_none=True) if model else {}
    check(folder, found, named, weights_to_come)
    names = {path.relative_to(folder).as_posix(): path for path in found}
    refuse_code(submission.adapter, names, f"{folder}/")
    return submission


def _manifest(folder: Path) -> Submission:
    """The validated manifest alone. Raises BadInput naming file and field."""
    try:
        return Submission.model_validate(toml(folder / MANIFEST))
    except ValidationError as error:
        raise BadInput(folder / MANIFEST, *_first_problem(error)) from None


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


def digest(folder: Path) -> str:
    """Digest of all that decides what a submission computes: its files, and its stages' files."""
    below, own = stages(folder, _manifest(folder)), digest_of_files(folder)
    if not below:
        return own
    parts = [(name, digest_of_files(folder.parent / name)) for name in below]
    return digest_of(own, *(part for pair in parts for part in pair))


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


def _first_problem(error: ValidationError) -> tuple[str, str]:
    """The first complaint of pydantic, as (problem with its field, remedy)."""
    problems = error.errors()
    # A misspelt key is also a missing one: its own complaint says more.
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    first = (unknown or problems)[0]
    # The discriminator ("open_clip") stands in the location, but not in the file.
    field = ".".join(shown(part) for part in first["loc"] if part not in _ADAPTERS)
    message = first["msg"].removeprefix("Value error, ")
    remedy = ""
    if first["type"] == "extra_forbidden":
        message = "unknown key"
        known = _known_keys(field)
        close = difflib.get_close_matches(field.split(".")[-1], known, n=1)
        remedy = f"did you mean '{close[0]}'?" if close else "known: " + ", ".join(known)
    elif first["type"] == "missing":
        message, remedy = "missing", "add it"
    elif first["type"] == "union_tag_not_found":
        field, message, remedy = f"{field}.adapter", "missing", "one of " + ", ".join(_ADAPTERS)
    elif "input" in first and not isinstance(first["input"], dict):
        message += f", not {shown(repr(first['input']))}"
    return (f"{field}: {message}" if field else message), remedy


_ADAPTERS: dict[str, type[_Table]] = {
    "open_clip": OpenClip,
    "transformers": Transformers,
    "onnx": Onnx,
    "python": Python,
}


def _known_keys(field: str) -> list[str]:
    for name, table in (("limits.", Limits), ("pipeline.", Pipeline)):
        if field.startswith(name):
            return sorted(table.model_fields)
    if not field.startswith("model."):
        return sorted(Submission.model_fields)
    return sorted({key for table in _ADAPTERS.values() for key in table.model_fields})
