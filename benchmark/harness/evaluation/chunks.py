"""Embeddings kept as they are made: what a kill can lose is one chunk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import SubmissionFailed
from benchmark.workspace import replacing

CHUNK = 512
"""Embeddings written at a time."""


class Chunk:
    """Those from `start` to before `stop`: in memory while they are made, then a file."""

    def __init__(self, folder: Path, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.left_out: list[str] = []
        """The pictures that could not be read, as "id: reason"."""
        self._path = folder / f"{start:010d}.npy"
        self._rows: NDArray[np.float32] | None = None
        self._left = stop - start
        if self.done:
            self.left_out = json.loads(self._path.with_suffix(".json").read_text(encoding="utf-8"))

    def __len__(self) -> int:
        return self.stop - self.start

    @property
    def done(self) -> bool:
        return self._path.is_file()

    def put(
        self, span: range, read: Sequence[int], rows: NDArray[np.float32], left_out: Sequence[str]
    ) -> None:
        """Take the embeddings of a span, of its places that could be `read`; kept once all are."""
        if self._rows is None and len(rows):
            self._rows = np.zeros((len(self), rows.shape[1]), np.float32)
        if self._rows is not None and len(rows):
            self._rows[[span[place] - self.start for place in read]] = rows
        self.left_out += left_out
        self._left -= len(span)
        if not self._left:
            self._keep()

    def rows(self) -> NDArray[np.float32]:
        """The embeddings of a finished chunk, memory-mapped; of no width where none could be."""
        return np.lib.format.open_memmap(self._path, mode="r")

    def _keep(self) -> None:
        """Write the embeddings, after the list of pictures that could not be read."""
        rows = self._rows if self._rows is not None else np.zeros((len(self), 0), np.float32)
        with replacing(self._path.with_suffix(".json")) as temporary:
            temporary.write_text(json.dumps(self.left_out), encoding="utf-8")
        with replacing(self._path) as temporary, temporary.open("wb") as stream:
            np.save(stream, rows)
        self._rows = None


def gather(
    chunks: Sequence[Chunk], order: NDArray[np.int64], path: Path
) -> NDArray[np.float32] | None:
    """All finished chunks as one file, in the gallery's own order; `order` is the run's.

    Those without a readable picture are zeros. None where not one could be read. Raises
    SubmissionFailed where they are not all of one width.
    """
    widths = {chunk.rows().shape[1] for chunk in chunks} - {0}
    if len(widths) > 1:  # a run that went on after a stop, with a model that changed its mind
        raise SubmissionFailed(
            f"encode_images returned {max(widths)} dimensions where it had returned {min(widths)}"
        )
    if not widths:
        return None
    (width,) = widths
    with replacing(path) as temporary:
        out = np.lib.format.open_memmap(temporary, "w+", np.float32, (len(order), width))
        for chunk in chunks:
            rows = chunk.rows()
            if rows.shape[1]:
                out[order[chunk.start : chunk.stop]] = rows
        out.flush()
    return out
