"""Pinned digests of a collection's files, in pins.json beside collection.toml.

    python -m benchmark.collections.pins FOLDER

pins every file in the folders of the splits as it lies there now. One that differs afterwards is
not scored.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmark.collections.declaration import MANIFEST, load
from benchmark.errors import BadInput, one_line
from benchmark.workspace import file_digest, replacing

PINS = "pins.json"


def pin(home: Path) -> None:
    """Write down the digests of a collection's files. Raises BadInput where it is none."""
    declared = load(home)
    if declared is None:
        raise BadInput(home, f"has no {MANIFEST}", "declare the collection first")
    files = {
        path.relative_to(home).as_posix(): path
        for folder in declared.splits.values()
        for path in sorted((home / folder).rglob("*"))
        if path.is_file() and path.name not in (PINS, MANIFEST) and not path.name.startswith(".")
    }
    found = {name: file_digest(path) for name, path in files.items()}
    with replacing(home / PINS) as temporary:
        temporary.write_text(json.dumps(found, indent=1) + "\n")


def check(home: Path, folder: Path) -> None:
    """Raise BadInput unless every pinned file below `folder` is the published one."""
    for name, digest in pinned(home).items():
        path = home / name
        if path.is_relative_to(folder) and (not path.is_file() or file_digest(path) != digest):
            remedy = f"restore it: git checkout -- {path}"
            raise BadInput(path, "is not the published file, so nothing is scored", remedy)


def pinned(home: Path) -> dict[str, str]:
    """File, relative to `home` -> SHA-256. Raises BadInput."""
    try:
        found: dict[str, str] = json.loads((home / PINS).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, AttributeError):
        problem = "cannot be read as JSON of file: SHA-256"
        raise BadInput(
            home / PINS, problem, f"python -m benchmark.collections.pins {home}"
        ) from None


if __name__ == "__main__":
    with one_line():
        if len(sys.argv) != 2:
            raise BadInput("pins", "names no folder", "give that of the collection")
        pin(Path(sys.argv[1]))
