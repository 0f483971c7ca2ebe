"""The code that a stage follows from: files found by following imports, never listed by hand.

From a stage's first files every import within the package is followed; what is left out is named,
with the reason. So a file that is forgotten makes a digest too wide, never stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmark.workspace import digest_of, file_digest

PACKAGE = Path(__file__).parents[1]

_IMPORT = re.compile(
    r"^[ \t]*(?:from (benchmark[\w.]*) import (\([^)]*\)|[^\n]*)|import (benchmark[\w.]*))", re.M
)
"""Imports within the package as our formatter writes them; a test compares it with `ast`, which
would take ten times as long at every start."""
_NAME = re.compile(r"(\w+)(?: as \w+)?")
_DATA = re.compile(r'with_name\("([\w.]+)"\)')
"""A table that a file reads beside itself."""


def digest(first: Iterable[str], without: Iterable[str]) -> str:
    """Digest of the files that `first` reach by imports, and of their names."""
    parts: list[str] = []
    for name in reached(tuple(first), tuple(without)):
        parts += [name, _file_digest(PACKAGE / name)]
    return digest_of(*parts)


@cache
def reached(first: tuple[str, ...], without: tuple[str, ...]) -> list[str]:
    """Files of the package that `first` lead to by imports, themselves included, in name order.

    First ones that end in "/" stand for all Python files below; no way leads through those whose
    name begins with one of `without`, unless it begins there.
    """
    todo: list[Path] = []
    for name in first:
        todo += sorted((PACKAGE / name).rglob("*.py")) if name.endswith("/") else [PACKAGE / name]
    found = {path.relative_to(PACKAGE).as_posix() for path in todo}
    while todo:
        for path in imports(todo.pop()):
            name = path.relative_to(PACKAGE).as_posix()
            if name not in found and not name.startswith(without):
                found.add(name)
                todo.append(path)
    return sorted(found)


@cache
def imports(path: Path) -> frozenset[Path]:
    """Files of the package that a file of it imports by name, at its top or later, and tables that
    it reads beside itself."""
    if path.suffix != ".py":
        return frozenset()
    text = path.read_text(encoding="utf-8")
    found: set[Path | None] = {
        place for name in _DATA.findall(text) if (place := path.with_name(name)).is_file()
    }
    for package, names, module in _IMPORT.findall(text):
        found.add(_file(package or module))
        for line in names.splitlines() or [""]:
            for name in _NAME.findall(line.partition("#")[0]):
                found.add(_file(f"{package}.{name}"))
    return frozenset(one for one in found if one is not None)


@cache
def _file(module: str) -> Path | None:
    """The file of a module; None for a name that is none."""
    place = PACKAGE.joinpath(*module.split(".")[1:])
    for path in (place.with_name(f"{place.name}.py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


@cache
def _file_digest(path: Path) -> str:
    return file_digest(path)
