"""What an adapter says of itself, and how adapters are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args

from pydantic import Field, model_validator

from benchmark import plugins
from benchmark.declared.code import Declared
from benchmark.errors import BadInput
from benchmark.parsing import shown
from benchmark.submission_files import MANIFEST
from benchmark.tables import Table

if TYPE_CHECKING:
    pass

_PACKAGE = "benchmark.adapters"


class ModelTable(Table):
    """The [model] table of a submission. Each adapter's own says `adapter: Literal["NAME"]`."""

    adapter: str


class HubTable(ModelTable):
    """Weights of the Hugging Face hub may stand in for those of the folder."""

    hub: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}$",
        description="repository of the Hugging Face hub, `owner/name`",
    )
    revision: str | None = Field(
        None,
        pattern=r"^[0-9a-f]{40}$",
        description="commit of that repository, all 40 hex digits: no branch, no tag",
    )
    precision: Literal["fp32", "fp16", "bf16"] = Field(
        "fp32", description="what it computes in: `fp32`, `fp16` or `bf16`"
    )

    @model_validator(mode="after")
    def _pinned(self) -> HubTable:
        if (self.hub is None) != (self.revision is None):
            raise ValueError("hub and revision go together: name the commit that is pinned")
        return self


@dataclass(frozen=True)
class Repository:
    """Where weights are fetched from: the field that says so, a repository, and its commit."""

    field: str
    name: str
    commit: str | None


def pinned(table: ModelTable) -> Repository | None:
    """What `hub` and `revision` of a table say; None where its weights are its own."""
    if isinstance(table, HubTable) and table.hub is not None:
        return Repository("hub", table.hub, table.revision)
    return None


def _as_pinned(_folder: Path, table: ModelTable) -> Repository | None:
    return pinned(table)


class Files(dict[str, Path]):
    """Name -> real file, of a folder or a snapshot. One that is missing raises BadInput."""

    def __init__(self, folder: Path, found: Mapping[str, Path]) -> None:
        super().__init__(found)
        self._manifest = folder / MANIFEST

    def __missing__(self, name: str) -> Path:
        raise BadInput(self._manifest, f"model: '{shown(name)}' is missing", "add it")


@dataclass(frozen=True)
class Held:
    """How large a model is: parameters by tower ("image", "text"), and the files they lie in.

    `elsewhere`: bytes of weights that packages carry.
    """

    parameters: dict[str, int]
    files: set[str]
    elsewhere: int = 0


def its_own_word(_table: ModelTable, _files: Files) -> None:
    """Of a model with code of its own nothing can be read from files: it says how large it is."""


_T = TypeVar("_T", bound=ModelTable)


@dataclass(frozen=True, kw_only=True)
class Adapter(Generic[_T]):
    """One way to make a model of a submission. Each file of this folder has one: ADAPTER."""

    table: type[_T]
    """Its [model] table. A field marked with `named_files.File` names a file of the folder."""
    load: Callable[[Path, _T, Path | None, str], object]
    """(folder, table, snapshot of hub weights or None, "auto", "cpu" or "cuda") -> the model.

    Raises BadInput naming the field at fault.
    """
    scaffold: Callable[[Path], str]
    """Writes the files of a tiny model into a new folder; returns the text of its [model] table."""
    parameters: Callable[[_T, Files], Held | None] = its_own_word
    """Reads from the headers of files how large the model is; None: it is the model's word."""
    declared: Declared | None = None
    """What may lie in its folders. None: they bring code, which runs inside walls alone."""
    wanted: tuple[str, ...] = ()
    """Files of a hub's repository that it reads (glob): never a pickle, never code."""
    repository: Callable[[Path, _T], Repository | None] = _as_pinned


@cache
def adapters() -> dict[str, Adapter[Any]]:
    """Name -> adapter, in name order. Raises BadInput naming file, field and remedy."""
    found: dict[str, Adapter[Any]] = {}
    for name, module in plugins.load(_PACKAGE).items():
        adapter = plugins.member(_PACKAGE, name, "ADAPTER", Adapter)
        assert isinstance(adapter, Adapter)
        _check(f"{module.__file__}: ADAPTER", name, adapter)
        found[name] = adapter
    return found


def _check(where: str, name: str, adapter: Adapter[Any]) -> None:
    table = adapter.table
    if not (isinstance(table, type) and issubclass(table, ModelTable)):
        raise BadInput(f"{where}.table", f"is {shown(table)}", "make it a class of ModelTable")
    said = get_args(table.model_fields["adapter"].annotation)
    if said != (name,):
        told = shown(said[0]) if said else "any"
        problem = f"is for the adapter '{told}', not '{name}' as the file is called"
        raise BadInput(f"{where}.table.adapter", problem, f'write adapter: Literal["{name}"]')
    for field in ("load", "scaffold", "parameters", "repository"):
        if not callable(getattr(adapter, field)):
            raise BadInput(f"{where}.{field}", "is no function", "give it one")
    if not isinstance(adapter.declared, Declared | None):
        raise BadInput(f"{where}.declared", "is no Declared", "declare what configs may say")


def load(folder: Path, table: ModelTable, snapshot: Path | None, device: str) -> object:
    """The model of a submission's folder and [model] table. Raises BadInput.

    `snapshot`: folder of hub weights, if it has any; `device`: "auto", "cpu" or "cuda".
    """
    return adapters()[table.adapter].load(folder, table, snapshot, device)


def declared(table: ModelTable) -> Declared | None:
    """What may lie in the folder of such a model; None if it brings code."""
    return adapters()[table.adapter].declared


def brings_code(table: ModelTable) -> bool:
    """Whether such a model runs code of its own, and so inside walls alone."""
    return declared(table) is None
