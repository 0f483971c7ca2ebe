"""A folder of paintings without pictures: paintings.parquet, and what this machine pulled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.collections.base import Collection
from benchmark.collections.declaration import ROWS
from benchmark.collections.folder import PUBLIC
from benchmark.collections.pulled import Pulled
from benchmark.errors import BadInput


def load(name: str, folder: Path, pulled: Pulled | None) -> Collection:
    """The paintings, with the pictures that are here, if any.

    A picture that is missing raises FileNotFoundError, one that is not the one that was pulled
    OSError. Raises BadInput for rows that cannot be read.
    """
    table = _table(folder, PUBLIC)
    names = _ids(folder, table)
    public = [column for column in PUBLIC if column in table]
    values = [table[column] for column in public]
    metadata = tuple(
        {column: str(value or "") for column, value in zip(public, row, strict=True)}
        for row in zip(*values, strict=True)
    ) if values else tuple({} for _ in names)  # fmt: skip

    def picture(row: int) -> bytes:
        known = pulled.pictures.get(names[row]) if pulled else None
        if pulled is None or known is None:
            raise FileNotFoundError(names[row])
        data = pulled.path(known.id).read_bytes()
        if hashlib.sha256(data).hexdigest() != known.sha256:
            raise OSError("is not the picture that was pulled")
        return data

    return Collection(name, folder, names, metadata, picture)


def ids(folder: Path) -> tuple[str, ...]:
    """The paintings alone, in the order of the rows. Raises BadInput."""
    return _ids(folder, _table(folder, ()))


def stated(folder: Path, column: str) -> dict[str, Any]:
    """Painting -> what a column says of it; None where there is no such column. Raises BadInput."""
    table = _table(folder, (column,))
    names = _ids(folder, table)
    return dict(zip(names, table.get(column, [None] * len(names)), strict=True))


def _table(folder: Path, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Column `id`, and of `columns` those that are there, with their values."""
    path = folder / ROWS
    try:
        here = pq.read_schema(path).names
        if "id" not in here:
            raise BadInput(path, "id: no such column")
        names = ["id", *(name for name in columns if name in here)]
        found: dict[str, list[Any]] = pq.read_table(path, columns=names).to_pydict()
        return found
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BadInput(path, f"cannot be read as a table ({reason})") from None


def _ids(folder: Path, table: dict[str, list[Any]]) -> tuple[str, ...]:
    names = tuple(str(name or "") for name in table["id"])
    if not names:
        raise BadInput(folder, "holds no paintings")
    seen: set[str] = set()
    for name in names:
        if not name or name in seen or any(c.isspace() for c in name):
            problem = f"id: '{name}' is empty, repeated or has a space"
            raise BadInput(folder / ROWS, problem, "ids are unique words")
        seen.add(name)
    return names
