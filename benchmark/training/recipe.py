"""A submission's recipe.toml: everything its weights follow from, read through its kind."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import shown, toml
from benchmark.plugins import member, modules
from benchmark.submission_files import RECIPE
from benchmark.training.settings import Table

KINDS = "benchmark.training.recipes"
"""The folder whose every file is a kind of recipe."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""
Log = dict[str, Any]
"""What training.json will say."""
T = TypeVar("T", bound=Table)


@dataclass(frozen=True)
class Job:
    """One training: whose weights, where to keep what is drawn and half learned, on what.

    `pictures` is an ImageFolder to learn from in place of what the recipe would draw.
    """

    folder: Path
    cache: Path
    device: str
    progress: Progress
    pictures: Path | None = None

    def where(self, field: str) -> str:
        """How an error names a field of this recipe."""
        return f"{self.folder / RECIPE}: {field}"


@dataclass(frozen=True)
class Recipe(Generic[T]):
    """A kind of recipe: what a file of the folder calls RECIPE.

    `table`: the keys of its recipe.toml. `check` raises BadInput for whatever would fail later;
    it neither draws nor trains. `train` writes the weights and returns their path and the log;
    it may raise FloatingPointError with the step when the loss is no longer a number.
    """

    table: type[T]
    check: Callable[[Job, T], None]
    train: Callable[[Job, T], tuple[Path, Log]]
    takes_pictures: bool = False


def kinds() -> dict[str, str]:
    """Kind, as recipe.toml names it, -> the file of the folder that makes it."""
    return {name.replace("_", "-"): name for name in modules(KINDS)}


def kind(name: str) -> Recipe[Any]:
    """A kind by its name. Raises BadInput naming the file where it is not whole."""
    found = member(KINDS, kinds()[name], "RECIPE", Recipe)
    assert isinstance(found, Recipe)
    return found


def load(folder: Path) -> tuple[Recipe[Any], Any]:
    """Read `folder/recipe.toml`: its kind, and its table. Raises BadInput naming the field."""
    path = folder / RECIPE
    if not path.is_file():
        raise BadInput(path, "missing", "only submissions with a recipe can be trained here")
    given = toml(path)
    name, known = given.pop("kind", None), ", ".join(kinds())
    if not isinstance(name, str) or name not in kinds():
        problem = "missing" if name is None else f"{shown(repr(name))} is no kind of recipe"
        raise BadInput(f"{path}: kind", problem, f"one of {known}")
    recipe = kind(name)
    try:
        return recipe, recipe.table.model_validate(given)
    except ValidationError as error:
        raise BadInput(path, *_first_problem(error, recipe.table)) from None


def _first_problem(error: ValidationError, table: type[Table]) -> tuple[str, str]:
    """The first complaint of pydantic, as (problem with its field, remedy)."""
    problems = error.errors()
    # A misspelt key is also a missing one: its own complaint says more.
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    first = (unknown or problems)[0]
    field = ".".join(shown(part) for part in first["loc"])
    if unknown:
        *above, key = map(str, first["loc"])
        for part in above:
            table = _nested(table, part)
        known = sorted(table.model_fields)
        close = difflib.get_close_matches(key, known, n=1)
        remedy = f"did you mean '{close[0]}'?" if close else "known: " + ", ".join(known)
        return f"{field}: unknown key", remedy
    if first["type"] == "missing":
        return f"{field}: missing", "add it"
    message = first["msg"].removeprefix("Value error, ")
    return (f"{field}: {message}" if field else message), ""


def _nested(table: type[Table], key: str) -> type[Table]:
    """The table that a key holds: `Distillation | None` is one."""
    annotation = table.model_fields[key].annotation
    parts = (annotation, *get_args(annotation))
    return next(part for part in parts if isinstance(part, type) and issubclass(part, Table))
