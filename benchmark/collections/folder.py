"""Collections on disk: the Hugging Face ImageFolder layout, or its parquet twin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmark.collections.base import Collection
from benchmark.errors import BadInput
from benchmark.workspace import digest_of, file_digest

METADATA = "metadata.jsonl"

PUBLIC = ("title", "artist", "date", "style", "genre", "school", "tags", "description", "medium")
"""Columns handed out as metadata. Anything else in a row (facts, grades) stays closed."""


def load(name: str, folder: Path, cache: Path) -> Collection:
    """Open a folder that holds metadata.jsonl with its pictures, or parquet files.

    Raises BadInput when the folder is no collection, or its rows lack an id or repeat one.
    """
    files = parquet_files(folder)
    rows = _from_parquet(files, cache) if files else _from_metadata(folder, cache)
    ids = tuple(str(value) for value in _column(rows, "id", folder))
    if not ids:
        raise BadInput(folder, "holds no paintings")
    seen: set[str] = set()
    for painting in ids:
        if not painting or painting in seen or any(c.isspace() for c in painting):
            raise BadInput(
                folder,
                f"id: '{painting}' is empty, repeated or has a space",
                "ids are unique words",
            )
        seen.add(painting)
    public = [column for column in PUBLIC if column in rows.column_names]
    values = {column: rows[column][:] for column in public}
    metadata = tuple(
        {column: str(values[column][row] or "") for column in public} for row in range(len(ids))
    )
    if files:
        pictures = rows.select_columns(["image"])
        return Collection(name, folder, ids, metadata, lambda row: pictures[row]["image"]["bytes"])
    names = _column(rows, "file_name", folder)[:]
    return Collection(name, folder, ids, metadata, lambda row: (folder / names[row]).read_bytes())


def fingerprint(folder: Path) -> str:
    """Digest of every byte that can change a score: rows and pictures, a missing one included.

    Reads files only, so that a run with nothing to do needs no data library.
    """
    files = parquet_files(folder)
    if files:
        return digest_of(*(part for path in files for part in (path.name, file_digest(path))))
    parts = [file_digest(_metadata_file(folder))]
    for _, row in _json_rows(folder / METADATA):
        picture = folder / str(row.get("file_name", ""))
        parts += [picture.name, file_digest(picture) if picture.is_file() else "missing"]
    return digest_of(*parts)


def parquet_files(folder: Path) -> list[Path]:
    """The folder's parquet files in name order, or those of its data/, as the hub keeps them.

    None when it is an ImageFolder.
    """
    return sorted(folder.glob("*.parquet")) or sorted(folder.glob("data/*.parquet"))


def _metadata_file(folder: Path) -> Path:
    path = folder / METADATA
    if not path.is_file():
        raise BadInput(
            folder,
            "is no collection",
            f"it needs {METADATA} beside its pictures (Hugging Face ImageFolder), or parquet files",
        )
    return path


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and row of each line that is not blank. Raises BadInput with the line."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                raise BadInput(f"{path}:{number}", "is not JSON") from None
            if not isinstance(row, dict):
                raise BadInput(f"{path}:{number}", "is not a JSON object")
            yield number, row


def _from_metadata(folder: Path, cache: Path) -> Any:
    path = _metadata_file(folder)
    number = 0
    for number, row in _json_rows(path):
        for key in ("id", "file_name"):
            if row.get(key) in (None, ""):
                raise BadInput(f"{path}:{number}", f"{key}: missing", "every row has id, file_name")
        if not isinstance(row["file_name"], str):
            raise BadInput(f"{path}:{number}", "file_name: is not a string")
        if Path(row["file_name"]).is_absolute() or ".." in Path(row["file_name"]).parts:
            raise BadInput(f"{path}:{number}", "file_name: leaves the folder")
    if not number:
        raise BadInput(folder, "holds no paintings")
    # datasets knows a file by its name and time; the digest knows what is in it.
    return _read("from_json", [path], cache / "datasets" / file_digest(path)[:24])


def _from_parquet(files: list[Path], cache: Path) -> Any:
    import datasets

    rows = _read("from_parquet", files, cache / "datasets")
    if "image" not in rows.column_names:
        raise BadInput(files[0], "image: no such column")
    return rows.cast_column("image", datasets.Image(decode=False))


def _read(method: str, files: list[Path], cache: Path) -> Any:
    import datasets
    import pyarrow

    datasets.disable_progress_bars()
    try:
        return getattr(datasets.Dataset, method)(
            [str(path) for path in files], cache_dir=str(cache)
        )
    except (datasets.exceptions.DatasetGenerationError, pyarrow.ArrowInvalid) as error:
        reason = " ".join(str(error.__cause__ or error).split())[:200]
        raise BadInput(files[0], f"cannot be read as a table ({reason})") from None


def _column(rows: Any, column: str, folder: Path) -> Any:
    if column not in rows.column_names:
        raise BadInput(folder, f"{column}: no such column in the metadata")
    return rows[column]
