"""What the tables of strangers' TOML files are made of: bounded, seen, and no key unknown."""

from __future__ import annotations

import difflib
import unicodedata
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import shown

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what is not seen, and can make a line read otherwise than it is."""


def seen(text: str) -> str:
    """The text itself. Raises ValueError where it has characters that nobody sees."""
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise ValueError("has control or invisible characters")
    return text


NAME = r"^[a-z0-9][a-z0-9-]{0,79}$"
Name = Annotated[str, Field(pattern=NAME)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(seen)]
Link = Annotated[str, Field(max_length=500, pattern=r"^https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$")]


class Table(BaseModel):
    """A table of a manifest: a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def validated(where: object, model: type[Model], table: dict[str, Any]) -> Model:
    """The table as its model. Raises BadInput naming `where`, the field and what to write."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise BadInput(where, *_first_problem(error, model)) from None


def _first_problem(error: ValidationError, table: type[BaseModel]) -> tuple[str, str]:
    """The first of pydantic's complaints of a `table`, as (problem with its field, remedy)."""
    problems = error.errors()
    # A misspelt key is also a missing one: its own complaint says more.
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    first = (unknown or problems)[0]
    table, place, inner = _found(table, first["loc"])
    message, remedy = first["msg"].removeprefix("Value error, "), ""
    if first["type"] == "extra_forbidden":
        known = sorted(table.model_fields)
        close = difflib.get_close_matches(str(place[-1]), known, n=1)
        message = "unknown key"
        remedy = f"did you mean '{close[0]}'?" if close else "known: " + ", ".join(known)
    elif first["type"] == "missing":
        message, remedy = "missing", "add it"
    elif first["type"] in ("union_tag_not_found", "union_tag_invalid"):
        key = first["ctx"]["discriminator"].strip("'")
        tag = first["ctx"].get("tag")
        message = "missing" if tag is None else f"{shown(repr(tag))} is unknown"
        place.append(key)
        remedy = "one of " + ", ".join(
            get_args(one.model_fields[key].annotation)[0] for one in inner
        )
    elif "input" in first and not isinstance(first["input"], dict):
        message += f", not {shown(repr(first['input']))}"
    field = ".".join(shown(part) for part in place if part != "[key]")  # pydantic's own word
    return (f"{field}: {message}" if field else message), remedy


def _found(
    table: type[BaseModel], location: tuple[int | str, ...]
) -> tuple[type[BaseModel], list[int | str], list[type[BaseModel]]]:
    """The table that holds the last key of a location, the keys that lead there as the file has
    them, and the tables that may stand under the last.

    Where several tables may stand under a key, pydantic puts the name of the one that was chosen
    after it; the file does not.
    """
    place: list[int | str] = []
    inner = [table]
    for part in location:
        if len(inner) > 1:
            inner = [one for one in inner if _chosen_by(one, part)]
            continue
        table = inner[0] if inner else table
        place.append(part)
        field = table.model_fields.get(str(part))
        inner = _tables_in(field.annotation) if field else []
    return table, place, inner


def _tables_in(annotation: Any) -> list[type[BaseModel]]:
    """The tables of a type: of `A | B | None`, A and B."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for part in get_args(annotation) for one in _tables_in(part)]


def _chosen_by(table: type[BaseModel], tag: int | str) -> bool:
    return any(tag in get_args(field.annotation) for field in table.model_fields.values())
