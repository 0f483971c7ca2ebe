"""What a worker is told of its model: where its files lie. It holds no painting and no judgment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.submission import Submission


@dataclass(frozen=True)
class Job:
    """A submission to be loaded. `files`: all that it may read of its folder, by name."""

    folder: Path
    manifest: Submission
    files: Sequence[tuple[str, Path]]
    device: str
    trusted: bool = False
    """Whether its own code may run where there are no walls."""
    snapshot: Path | None = None
    """Folder of hub weights, fetched beforehand; named by its commit."""
    snapshot_files: Sequence[tuple[str, Path]] = ()
    graph: Path | None = None
    """The catalogue graph, where its inputs name one: Turtle."""
    threads: int | None = None
    """How many threads its libraries should start; None for one a core."""
