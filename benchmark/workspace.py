"""Where things lie in a checkout: submissions, queries, leaderboard and this machine's cache."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmark.errors import BadInput


@dataclass(frozen=True)
class Workspace:
    """The folders of one checkout. `cache` belongs to this machine and is never committed."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """The nearest folder, from `start` (default: here) upwards, that holds `submissions/`.

        Raises BadInput when there is none.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "submissions").is_dir() and (folder / "queries").is_dir():
                return cls(folder)
        raise BadInput(
            here,
            "no submissions/ and queries/ here or above",
            "run cimaise inside a checkout of the project",
        )

    @property
    def submissions(self) -> Path:
        return self.root / "submissions"

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    @property
    def leaderboard(self) -> Path:
        return self.root / "leaderboard"

    @property
    def incomplete(self) -> Path:
        """Results that lack some pictures: kept as those of the leaderboard are, and apart."""
        return self.cache / "incomplete"

    @property
    def cache(self) -> Path:
        return self.root / ".cimaise"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; renamed to `path` only if the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)  # mkstemp makes it private; what is kept is for all to read
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(*parts: str) -> str:
    """SHA-256 over strings, each closed by a zero byte so that boundaries count, in hex."""
    state = hashlib.sha256()
    for part in parts:
        state.update(part.encode() + b"\0")
    return state.hexdigest()
