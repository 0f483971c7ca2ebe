"""The pictures a worker is shown: encoded bytes in one file of ours, and nothing else of theirs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmark.collections.base import Collection
from benchmark.harness.job import Job
from benchmark.submission import Submission
from benchmark.workspace import replacing


def pack(collection: Collection, fingerprint: str, folder: Path) -> Path:
    """The pictures of a collection in one file, row after row, and where each begins beside it.

    Written once for each fingerprint. A picture that is missing takes no bytes.
    """
    path = folder / f"{fingerprint[:24]}.bin"
    if path.is_file() and path.with_suffix(".npy").is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.zeros(len(collection) + 1, np.int64)
    with replacing(path) as temporary, temporary.open("wb") as stream:
        for row in range(len(collection)):
            try:
                starts[row + 1] = starts[row] + stream.write(collection.picture(row))
            except OSError:
                starts[row + 1] = starts[row]
    with replacing(path.with_suffix(".npy")) as temporary, temporary.open("wb") as stream:
        np.save(stream, starts)
    return path


def opened(job: Job) -> Collection:
    """The collection of a job, as far as the job shows it."""
    starts = np.load(job.pictures.with_suffix(".npy"))
    data = np.memmap(job.pictures, np.uint8, "r")

    def picture(row: int) -> bytes:
        found = data[starts[row] : starts[row + 1]].tobytes()
        if not found:
            raise FileNotFoundError
        return found

    metadata = job.metadata or [{} for _ in job.ids]
    return Collection(job.collection, job.folder, tuple(job.ids), tuple(metadata), picture)


def shown(collection: Collection, submission: Submission) -> list[dict[str, str]] | None:
    """The metadata a submission may see."""
    return list(collection.metadata) if "metadata" in submission.inputs else None
