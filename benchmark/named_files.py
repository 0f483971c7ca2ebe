"""Keys of a manifest that name files of the submission, and what is refused of such a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from benchmark.errors import BadInput
from benchmark.parsing import shown
from benchmark.submission_files import MANIFEST
from benchmark.tables import Table


@dataclass(frozen=True)
class File:
    """Marks a field of a table as the name of a file of the submission's folder.

    `field: Annotated[Text, File(".safetensors")]` is checked before anything is loaded.
    """

    suffix: str = ""
    """How its name must end."""
    folder: bool = False
    """It is a folder with something in it."""
    trained: bool = False
    """It may be missing while a training is still to write it."""


def check_named(
    folder: Path, found: Collection[str], table: Table, field: str, weights_to_come: bool
) -> None:
    """Refuse a table that names a file which is not there, is hidden, or lies elsewhere.

    `found`: names of all files in `folder`; `field`: the table's own key. Raises BadInput.
    """
    for key, file, name in _named(table):
        where = f"{folder / MANIFEST}: {field}.{key}"
        if not name.endswith(file.suffix):
            problem = f"'{shown(name)}' is not a {file.suffix} file"
            raise BadInput(where, problem, "save it as one")
        plain = PurePosixPath(name)
        if plain.is_absolute() or ".." in plain.parts or "\\" in name:
            raise BadInput(where, f"'{shown(name)}' lies outside the submission")
        if any(part.startswith(".") or part == "__pycache__" for part in plain.parts):
            remedy = "what a model uses is seen and digested"
            raise BadInput(where, f"'{shown(name)}' is hidden", remedy)
        if file.trained and weights_to_come:
            continue
        there = str(plain) in found
        if file.folder:
            there = not plain.parts or any(plain in PurePosixPath(one).parents for one in found)
        if not there:
            remedy = "add it, or mend the name"
            raise BadInput(where, f"'{shown(name)}' is not in the folder", remedy)


def _named(table: Table) -> Iterator[tuple[str, File, str]]:
    """Key, mark and value of each field that names a file."""
    for key, field in type(table).model_fields.items():
        name = getattr(table, key)
        for mark in field.metadata:
            if isinstance(mark, File) and name is not None:
                yield key, mark, name
