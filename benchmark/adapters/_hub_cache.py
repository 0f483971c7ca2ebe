"""Snapshots of a hub's repositories on this machine: which are whole, and that they are true.

Laid out as huggingface_hub does it, `models--OWNER--NAME/snapshots/COMMIT/`, and looked at as
files: nothing is imported for it, and no hub is asked. A snapshot may lack files where a download
was stopped, so what was once fetched whole has a note beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ValidationError

from benchmark.adapters._adapter import Repository
from benchmark.errors import BadInput
from benchmark.workspace import replacing

_PIECE = 1 << 20


class _Note(BaseModel):
    """What was fetched: files asked for (glob), and name -> bytes of those that came."""

    wanted: list[str]
    sizes: dict[str, int]


def whole(cache: Path, repository: Repository, wanted: Iterable[str]) -> Path | None:
    """The snapshot of a pinned commit, where all files asked for lie here; else None."""
    if repository.commit is None:
        return None
    snapshot = _home(cache, repository.name) / "snapshots" / repository.commit
    try:
        note = _Note.model_validate_json(_note(snapshot).read_bytes())
        there = {name: (snapshot / name).stat().st_size for name in note.sizes}
    except (OSError, ValidationError):
        return None
    return snapshot if note.wanted == sorted(wanted) and there == note.sizes else None


def keep(snapshot: Path, repository: Repository, wanted: Iterable[str]) -> None:
    """Check what was fetched, byte for byte, and note that it is whole.

    The cache calls each file by the digest that the hub named: SHA-256, or that of git's blobs.
    One that differs is removed, so that it is fetched again. Raises BadInput.
    """
    files = {path.relative_to(snapshot).as_posix(): path for path in sorted(snapshot.rglob("*"))}
    files = {name: path for name, path in files.items() if path.is_file()}
    for name, path in files.items():
        blob = path.resolve()
        if blob.name != _digest(blob, len(blob.name)):
            path.unlink()
            blob.unlink(missing_ok=True)
            problem = "is not what the hub says it is (its digest differs), and was removed"
            raise BadInput(f"{repository.name}/{name}", problem, "run it again")
    sizes = {name: path.stat().st_size for name, path in files.items()}
    with replacing(_note(snapshot)) as temporary:
        temporary.write_text(_Note(wanted=sorted(wanted), sizes=sizes).model_dump_json())


def _home(cache: Path, name: str) -> Path:
    return cache / f"models--{name.replace('/', '--')}"


def _note(snapshot: Path) -> Path:
    return snapshot.parent.parent / "whole" / f"{snapshot.name}.json"


def _digest(path: Path, digits: int) -> str:
    """SHA-256 of a file, or where 40 digits are asked for what git calls its blob by."""
    state = hashlib.sha1(usedforsecurity=False) if digits == 40 else hashlib.sha256()
    if digits == 40:
        state.update(f"blob {path.stat().st_size}\0".encode())
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            state.update(piece)
    return state.hexdigest()
