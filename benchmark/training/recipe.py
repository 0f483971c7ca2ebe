"""A submission's recipe.toml: everything its weights follow from, read through its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from benchmark.errors import BadInput
from benchmark.parsing import shown, toml
from benchmark.plugins import member, modules
from benchmark.submission_files import RECIPE
from benchmark.tables import Table, validated

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

    `pictures` is a folder to learn from: an ImageFolder in place of what the recipe would draw, or
    the paintings that were described.
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
    return recipe, validated(path, recipe.table, given)
