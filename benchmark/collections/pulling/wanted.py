"""The paintings of a manifest, read in batches: which pictures are to be pulled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmark.collections.pulled import ID
from benchmark.errors import BadInput
from benchmark.parsing import shown

_SAFE = re.compile(ID)


class Work(NamedTuple):
    """A painting, and the name of its file at Commons, or "" where the manifest has none."""

    id: str
    file: str


def count(path: Path) -> int:
    """How many paintings. Raises BadInput."""
    with _opened(path) as table:
        return int(table.metadata.num_rows)


def batches(path: Path, size: int) -> Iterator[list[Work]]:
    """The paintings in the manifest's order, so many at a time.

    Raises BadInput where an id cannot name a file, or comes twice.
    """
    seen: set[str] = set()
    with _opened(path) as table:
        for columns in _rows(path, table, size):
            ids = columns["id"]
            works = [Work(*row) for row in zip(ids, _files(columns, len(ids)), strict=True)]
            for work in works:
                if not isinstance(work.id, str) or not _SAFE.fullmatch(work.id):
                    problem = f"id: '{shown(work.id)[:100]}' cannot name a file"
                    raise BadInput(path, problem, "use letters, digits, '.', '_' and '-'")
                if work.id in seen:
                    raise BadInput(path, f"id: {work.id} comes twice", "keep one of the rows")
                seen.add(work.id)
            yield works


def _rows(path: Path, table: Any, size: int) -> Iterator[dict[str, list[Any]]]:
    """Column -> values, of so many rows at a time. Raises BadInput where they are damaged."""
    import pyarrow

    columns = _columns(path, table)
    try:
        for rows in table.iter_batches(batch_size=size, columns=columns):
            yield rows.to_pydict()
    except (OSError, pyarrow.ArrowException, ValueError, OverflowError) as error:
        reason = f"cannot be read as a table ({shown(error)})"
        raise BadInput(path, reason, "restore the collection's manifest") from None


def _files(columns: dict[str, list[Any]], rows: int) -> list[str]:
    given = columns.get("file", [""] * rows)
    return [value if isinstance(value, str) else "" for value in given]


def _columns(path: Path, table: Any) -> list[str]:
    names = [name for name in ("id", "file") if name in table.schema_arrow.names]
    if "id" not in names:
        raise BadInput(path, "id: no such column")
    return names


def _opened(path: Path) -> Any:
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else "is no parquet file"
        raise BadInput(path, reason, "restore the collection's manifest") from None
