"""A table of a TOML file held against its pydantic model: what is wrong first, in one line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import shown

Table = TypeVar("Table", bound=BaseModel)


def validated(where: object, model: type[Table], table: dict[str, Any]) -> Table:
    """The table as its model. Raises BadInput naming `where`, the field and what to write."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        problems = error.errors()
    # A misspelt key is also a missing one: its own complaint says more.
    first = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
    *parents, last = (shown(part) for part in first["loc"]) if first["loc"] else [""]
    message, remedy = first["msg"].removeprefix("Value error, "), ""
    if first["type"] == "extra_forbidden":
        message, remedy = "unknown key", _known(model, parents, last)
    elif first["type"] == "missing":
        message, remedy = "missing", "add it"
    elif last and not isinstance(first["input"], dict):
        message += f", not {shown(repr(first['input']))}"
    field = ".".join(part for part in (*parents, last) if part and part != "[key]")
    raise BadInput(where, f"{field}: {message}" if field else message, remedy)


def _known(model: type[BaseModel], parents: Sequence[str], key: str) -> str:
    """The keys that a table has, or the one that was probably meant."""
    for name in parents:
        annotation = model.model_fields[name].annotation
        within = [annotation, *getattr(annotation, "__args__", ())]
        model = next(a for a in within if isinstance(a, type) and issubclass(a, BaseModel))
    close = difflib.get_close_matches(key, model.model_fields, n=1)
    return f"did you mean '{close[0]}'?" if close else "known: " + ", ".join(model.model_fields)
