"""What was read out of files before, remembered for as long as they lie there unchanged.

As in git's index, a file that has the size, the times and the number it had is taken to hold what
it held. A file whose times are younger than SETTLED could be written again within one tick of the
clock, so nothing is remembered of it yet. Whoever can set the clock back can deceive this; no
submission can, for a worker can write to no file of ours. `--fresh` and a change of any file read
everything again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from benchmark.workspace import digest_of, replacing

SETTLED = 2.0
"""Seconds that a file must have lain unchanged: the coarsest clock of a file system in use."""

Value = TypeVar("Value")


class Memory:
    """A folder of notes, one for each thing remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(
        self, what: str, kind: type[Value], places: Sequence[Path], make: Callable[[], Value]
    ) -> Value:
        """What `make` reads out of `places`, files or folders, or read out of them before.

        `what` says what is made, and all else that it follows from.
        """
        before = _signature(places)
        note = self._folder / f"{digest_of(what, *map(str, places))[:24]}.json"
        stored = TypeAdapter(tuple[str, kind])  # type: ignore[valid-type]
        try:
            signature, value = stored.validate_json(note.read_bytes())
            if signature == before[0]:
                return value
        except (OSError, ValidationError):
            pass
        value = make()
        if before == _signature(places) and time.time() - before[1] > SETTLED:
            with suppress(OSError), replacing(note) as temporary:  # all else works without it
                temporary.write_bytes(stored.dump_json((before[0], value)))
        return value


def _signature(places: Sequence[Path]) -> tuple[str, float]:
    """Digest of what the file system says of every file below, and the time of the youngest."""
    youngest = 0
    parts: list[str] = []
    for path in (path for place in places for path in _below(place)):
        try:
            status = path.stat()
        except OSError:
            parts.append(f"{path}: none")
            continue
        youngest = max(youngest, status.st_mtime_ns, status.st_ctime_ns)
        figures = (
            status.st_mode,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
        )
        parts.append(json.dumps([str(path), *figures]))
    return digest_of(*parts), youngest / 1e9


def _below(place: Path) -> Iterator[Path]:
    """A file or folder, and everything in it, in one order."""
    yield place
    for folder, folders, files in os.walk(place):
        folders.sort()
        for name in sorted((*folders, *files)):
            yield Path(folder) / name
