"""Plug-ins are files of a folder: found by reading it, imported only when they are needed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from benchmark.errors import BadInput


def modules(package: str) -> list[str]:
    """Names of the plug-ins in a package's folder, in name order; nothing in it is imported.

    A file whose name begins with "_" is shared by plug-ins and is none itself.
    """
    return sorted(
        found.name for found in pkgutil.iter_modules([str(_folder(package))])
        if not found.name.startswith("_")
    )  # fmt: skip


@cache
def load(package: str) -> dict[str, ModuleType]:
    """Plug-in name -> its module. Raises BadInput naming the file that cannot be imported."""
    found: dict[str, ModuleType] = {}
    for name in modules(package):
        try:
            found[name] = importlib.import_module(f"{package}.{name}")
        except BadInput:
            raise
        except Exception as error:  # a file may raise anything while it is imported
            where, remedy = _folder(package) / f"{name}.py", "mend or remove the file"
            reason = " ".join(str(error).split())[:200]
            raise BadInput(where, f"{type(error).__name__}: {reason}", remedy) from None
    return found


def member(package: str, name: str, attribute: str, kind: type) -> object:
    """What a plug-in calls `attribute`, which must be a `kind`. Raises BadInput naming both."""
    module = load(package)[name]
    found = getattr(module, attribute, None)
    if not isinstance(found, kind):
        where = f"{_folder(package) / name}.py: {attribute}"
        problem = "missing" if found is None else f"is a {type(found).__name__}"
        raise BadInput(where, problem, f"define {attribute} as a {kind.__name__}")
    return found


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None and spec.submodule_search_locations, f"{package} is a package of ours"
    return Path(next(iter(spec.submodule_search_locations)))
