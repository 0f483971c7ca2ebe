"""Rows kept as they are made: what a kill can lose is one chunk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.harness.job import CHUNKS, Job
from benchmark.workspace import replacing


class Chunk:
    """The rows from `start` to before `stop`: in memory while they are made, then a file."""

    def __init__(self, job: Job, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.unread: list[str] = []
        self._path = job.out / CHUNKS / f"{start:010d}.npy"
        self._rows: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return self.stop - self.start

    @property
    def done(self) -> bool:
        return self._path.is_file()

    def put(self, start: int, places: Sequence[int], rows: NDArray[np.float32]) -> None:
        """Take the rows of a batch that begins at `start`; `places` count from there."""
        if self._rows is None:
            self._rows = np.zeros((len(self), rows.shape[1]), np.float32)
        self._rows[[start - self.start + place for place in places]] = rows

    def keep(self) -> None:
        """Write the rows, after the list of pictures that could not be read."""
        rows = self._rows if self._rows is not None else np.zeros((len(self), 0), np.float32)
        with replacing(self._path.with_suffix(".json")) as temporary:
            temporary.write_text(json.dumps(self.unread), encoding="utf-8")
        with replacing(self._path) as temporary, temporary.open("wb") as stream:
            np.save(stream, rows)
        self._rows = None

    def left_out(self) -> list[str]:
        """The pictures of a finished chunk that could not be read, as "id: reason"."""
        lines: list[str] = json.loads(self._path.with_suffix(".json").read_text(encoding="utf-8"))
        return lines

    def width(self) -> int:
        """Dimensions of a finished chunk; 0 when not one of its pictures could be read."""
        return int(self.rows().shape[1])

    def rows(self) -> NDArray[np.float32]:
        """The rows of a finished chunk, memory-mapped."""
        return np.lib.format.open_memmap(self._path, mode="r")


def gather(chunks: Sequence[Chunk], width: int, path: Path) -> None:
    """All finished chunks as one file of rows; those without a readable picture are zeros."""
    shape = (chunks[-1].stop, width)
    out = np.lib.format.open_memmap(path, "w+", np.float32, shape)
    for chunk in chunks:
        rows = chunk.rows()
        if rows.shape[1]:
            out[chunk.start : chunk.stop] = rows
    out.flush()
