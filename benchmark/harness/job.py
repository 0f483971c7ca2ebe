"""What passes between the harness and a worker: a job, its report, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from benchmark.submission import Submission


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Job(_Message):
    """Everything a worker is told. It holds no judgments, and no way to them."""

    submission: Path
    manifest: Submission
    snapshot: Path | None
    """Folder of hub weights, fetched beforehand."""
    weights_digest: str | None = None
    device: str
    trusted: bool
    """Whether the submission's own code may run where there is no sandbox."""
    collection: str
    folder: Path
    """Where the collection lies, to be named in messages; the worker cannot look there."""
    ids: list[str]
    metadata: list[dict[str, str]] | None
    """The paintings' public metadata, if the submission's `inputs` name it."""
    pictures: Path
    """Their encoded pictures in one file (see `harness.pictures`)."""
    out: Path
    """The one folder the worker writes to."""
    images: bool
    """Whether pictures are to be encoded; if not, their rows are there already."""
    texts: list[str]
    depth: int
    chunk: int = 512
    """Rows written at a time, and so the most that a kill can lose."""
    only_rows: list[int] | None = None
    """A part of the gallery, for a self-test; None is all of it."""
    task: Literal["encode", "measure"] = "encode"
    rows: Path | None = None
    """The gallery's rows to search while it is measured; None: as many, at random."""
    left_out: list[str] = []
    """Ids of paintings without a row, when it is measured."""
    batch_size: int = 1
    """Inputs in a call, when it is measured."""


class Report(_Message):
    """What a worker says when it is done. The embeddings lie beside it as .npy files."""

    kind: str
    """"encoder" (images.npy and texts.npy) or "searcher" (ranking.parquet)."""
    device: str
    load_s: float
    parameters: dict[str, int]
    weight_bytes: int
    weights_commit: str | None
    weights_digest: str | None = None
    """Of the hub weights, as the parent hashed them."""
    batch_size: int
    """Pictures in a call, as said or as found to fit."""
    truncated: int | None = None
    """Texts longer than the model reads; None where it does not say."""
    pictures_per_s: float | None
    """While they were encoded to be scored; costs are measured apart."""
    isolation: str = ""
    """How the worker was kept apart, as its parent says: "sandbox" or "process"."""
    left_out: list[str]
    """Paintings whose picture could not be read, with the reason: "id: reason"."""


IMAGES, TEXTS, RANKING, REPORT = "images.npy", "texts.npy", "ranking.parquet", "report.json"
CHUNKS = "chunks"
