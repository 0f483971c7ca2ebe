"""What a submission says of itself: `submission.toml`, validated."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from benchmark.errors import BadInput
from benchmark.submission_files import MANIFEST, check

_NAMING = ("weights", "config", "folder", "file", "pictures", "texts")
"""Keys of the model table that name a file of the submission."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Weights(_Table):
    """Where weights come from: a file here, or a repository of the Hugging Face hub."""

    weights: str | None = Field(None, description="safetensors file in this folder")
    hub: str | None = Field(None, description="repository of the hub, owner/name")
    revision: str | None = Field(None, description="commit of the hub repository, 40 hex digits")
    precision: Literal["fp32", "fp16", "bf16"] = "fp32"

    @model_validator(mode="after")
    def _pinned(self) -> _Weights:
        if (self.hub is None) != (self.revision is None):
            raise ValueError("hub and revision go together: name the commit that is pinned")
        return self


class OpenClip(_Weights):
    """A model of open_clip: a named architecture, or open_clip_config.json in this folder."""

    adapter: Literal["open_clip"]
    architecture: str | None = Field(None, description="a name open_clip knows")
    config: str | None = Field(None, description="open_clip_config.json in this folder")
    pretrained: str | None = Field(None, description="a pretrained tag open_clip knows")

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
    folder: str | None = Field(None, description="folder here holding config.json and the rest")

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
    pictures: str = Field("vision_model.onnx", description="graph from pixel_values to rows")
    texts: str = Field("text_model.onnx", description="graph from input_ids to rows")
    folder: str = Field(".", description="where preprocessor_config.json and tokenizer.json lie")


class Python(_Table):
    """Any other model: a class in the submission's own code."""

    adapter: Literal["python"]
    file: str = "encoder.py"
    entry: str = Field("Encoder", description="the class, made with no arguments")


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
    memory_gb: float = Field(8, gt=0, le=64, description="resident, all its processes together")
    scratch_gb: float = Field(8, gt=0, le=256, description="what it may write")
    processes: int = Field(32, ge=2, le=256)


class Submission(_Table):
    """A validated `submission.toml`."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="the folder's own name")
    title: str = Field(min_length=1)
    summary: str = Field(min_length=1, description="one sentence for the board")
    role: Literal["teacher", "distilled", "fine-tuned", "hybrid", "baseline"]
    teacher: str | None = Field(None, description="submission it was distilled from")
    base: str | None = Field(None, description="submission it was fine-tuned from")
    inputs: list[Literal["image", "metadata", "graph"]] = Field(min_length=1)
    licence: str = Field(min_length=1)
    authors: list[str] = []
    links: list[str] = []
    batch_size: BatchSize = 32
    limits: Limits = Limits()
    model: Annotated[OpenClip | Transformers | Onnx | Python, Field(discriminator="adapter")]

    @model_validator(mode="after")
    def _names_its_teacher(self) -> Submission:
        if self.role == "distilled" and self.teacher is None:
            raise ValueError("teacher: a distilled model names the submission it learned from")
        return self


def load(folder: Path, weights_to_come: bool = False) -> Submission:
    """Read and validate a submission's folder. Raises BadInput naming file and field.

    `weights_to_come`: the weights it names are about to be trained and need not be there.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise BadInput(manifest, "missing", "make one with: cimaise new NAME --adapter open_clip")
    try:
        table = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(manifest, f"not valid TOML ({error})") from None
    try:
        submission = Submission.model_validate(table)
    except ValidationError as error:
        raise BadInput(manifest, *_first_problem(error)) from None
    if submission.name != folder.name:
        twin = folder.parent / submission.name
        also = f", which is already {twin}" if twin.is_dir() else ""
        raise BadInput(
            manifest, f"name: '{submission.name}'{also}", f"use the folder's name '{folder.name}'"
        )
    for field, relative in (("teacher", submission.teacher), ("base", submission.base)):
        if relative == submission.name:
            raise BadInput(manifest, f"{field}: names the submission itself")
        if relative is not None and not (folder.parent / relative / MANIFEST).is_file():
            raise BadInput(manifest, f"{field}: no submission is named '{relative}'")
    model = submission.model.model_dump(include=set(_NAMING), exclude_none=True)
    check(folder, model, weights_to_come)
    return submission


def load_all(folder: Path, names: list[str] | None = None) -> dict[str, Submission | BadInput]:
    """Every submission under `folder`, or those named, in name order; a bad one as its error."""
    found = sorted(
        path.name
        for path in folder.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__"))
    )
    for name in names or []:
        if name not in found:
            raise BadInput(
                name, f"no such submission in {folder}", "there are: " + ", ".join(found)
            )
    loaded: dict[str, Submission | BadInput] = {}
    for name in sorted(set(names)) if names else found:
        try:
            loaded[name] = load(folder / name)
        except BadInput as error:
            loaded[name] = error
    return loaded


def _first_problem(error: ValidationError) -> tuple[str, str]:
    """The first complaint of pydantic, as (problem with its field, remedy)."""
    problems = error.errors()
    # A misspelt key is also a missing one: its own complaint says more.
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    first = (unknown or problems)[0]
    # The discriminator ("open_clip") stands in the location, but not in the file.
    field = ".".join(str(part) for part in first["loc"] if part not in _ADAPTERS)
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
        message += f", not {first['input']!r}"
    return (f"{field}: {message}" if field else message), remedy


_ADAPTERS: dict[str, type[_Table]] = {
    "open_clip": OpenClip,
    "transformers": Transformers,
    "onnx": Onnx,
    "python": Python,
}


def _known_keys(field: str) -> list[str]:
    if field.startswith("limits."):
        return sorted(Limits.model_fields)
    if not field.startswith("model."):
        return sorted(Submission.model_fields)
    return sorted({key for table in _ADAPTERS.values() for key in table.model_fields})
