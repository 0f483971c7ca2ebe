"""What a submission says of itself: `submission.toml`, validated, and the digest of its folder."""

from __future__ import annotations

import difflib
import json
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from benchmark.errors import BadInput
from benchmark.workspace import digest_of, file_digest

MANIFEST = "submission.toml"
CARD = "README.md"

_PICKLES = {".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt", ".joblib"}
_UNSCORED = {CARD, "recipe.toml", "training.json"}
"""Files that say something about a model without changing what it computes."""


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


class Python(_Table):
    """Any other model: a class in the submission's own code."""

    adapter: Literal["python"]
    file: str = "encoder.py"
    entry: str = Field("Encoder", description="the class, made with no arguments")


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
    batch_size: int = Field(32, ge=1, le=4096)
    model: Annotated[OpenClip | Transformers | Python, Field(discriminator="adapter")]

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
    _check_files(folder, submission, weights_to_come)
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


def digest(folder: Path) -> str:
    """Digest of all that decides what the model computes: every file but cards and recipes."""
    parts: list[str] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in _UNSCORED:
            parts += [name, file_digest(path)]
    return digest_of(*parts)


def _files(folder: Path) -> list[Path]:
    """The folder's files in name order, without what Python and editors leave behind."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part == "__pycache__" or part.startswith(".") for part in parts):
            continue
        if path.is_symlink():
            raise BadInput(path, "is a link", "copy the file into the submission")
        if path.is_file():
            found.append(path)
    return found


def _check_files(folder: Path, submission: Submission, weights_to_come: bool) -> None:
    if not (folder / CARD).is_file():
        raise BadInput(folder / CARD, "missing", "every submission has a model card")
    model = submission.model
    named = {
        "weights": getattr(model, "weights", None),
        "config": getattr(model, "config", None),
        "folder": getattr(model, "folder", None),
        "file": getattr(model, "file", None),
    }
    for field, name in named.items():
        if name is None:
            continue
        where = f"{folder / MANIFEST}: model.{field}"
        if field == "weights" and Path(name).suffix != ".safetensors":
            raise BadInput(where, f"'{name}' is not a .safetensors file", "save it as one")
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BadInput(where, f"'{name}' lies outside the submission")
        parts = target.relative_to(folder.resolve()).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            raise BadInput(where, f"'{name}' is hidden", "what a model uses is seen and digested")
        if field == "weights" and weights_to_come:
            continue
        if not (target.is_dir() if field == "folder" else target.is_file()):
            raise BadInput(where, f"'{name}' is not in the folder", "add it, or mend the name")
    for path in _files(folder):
        if path.suffix in _PICKLES:
            raise BadInput(path, "may be a pickle, which can run code", "save it as .safetensors")
        if path.suffix == ".safetensors":
            _check_safetensors(path)


def _check_safetensors(path: Path) -> None:
    """Read the header only: its length in 8 bytes, then JSON (the safetensors format)."""
    with path.open("rb") as stream:
        start = stream.read(9)
        length = int.from_bytes(start[:8], "little")
        if start[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK"):
            raise BadInput(path, "is a pickle, which can run code", "save it as safetensors")
        if len(start) < 9 or start[8:9] != b"{":
            raise BadInput(path, "is not a safetensors file", "save it with safetensors")
        try:
            stream.seek(8)
            header = json.loads(stream.read(min(length, 100_000_000)))
            ends = [t["data_offsets"][1] for k, t in header.items() if k != "__metadata__"]
            expected = 8 + length + max(map(int, ends), default=0)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise BadInput(path, "has a broken safetensors header", "save it again") from None
    size = path.stat().st_size
    if size != expected:
        raise BadInput(path, f"is {size} bytes where its header says {expected}", "copy it again")


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
    elif "input" in first and not isinstance(first["input"], dict):
        message += f", not {first['input']!r}"
    return (f"{field}: {message}" if field else message), remedy


_ADAPTERS = {"open_clip": OpenClip, "transformers": Transformers, "python": Python}


def _known_keys(field: str) -> list[str]:
    if not field.startswith("model."):
        return sorted(Submission.model_fields)
    tables: tuple[type[_Table], ...] = (OpenClip, Transformers, Python)
    return sorted({key for table in tables for key in table.model_fields})
