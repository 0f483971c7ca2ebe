"""A gallery that nobody has seen: drawn when it is needed, kept in memory, never stored.

Its scenes have seeds between those of the galleries and those of training, so that no two can be
the same scene of the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmark.collections.atelier.publishing import catalogue_row
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.titles import title
from benchmark.collections.atelier.training_scenes import FIRST_SEED as FIRST_OF_TRAINING
from benchmark.collections.base import Collection
from benchmark.collections.folder import PUBLIC

FIRST_SEED = 500_000_000
NAME = "atelier-fresh"
_NUMBERS = range(2_001, 100_000)
"""Numbers of paintings: as many digits as published ones have, and none that was published."""

Progress = Callable[[int, int], None]
"""Called with how many paintings are drawn, of how many."""


def seeds(rng: Random) -> Iterator[int]:
    """Seeds of scenes that belong to no gallery and no training, without end."""
    while True:
        yield rng.randrange(FIRST_SEED, FIRST_OF_TRAINING)


def draw(scenes: Sequence[Scene], seed: int, pool: Executor, progress: Progress) -> Collection:
    """The scenes as paintings with a catalogue like the published one, in the order given."""
    rng = np.random.default_rng([seed, 3])
    numbers = rng.choice(_NUMBERS, len(scenes), replace=False)
    named = [
        (f"atl{number:05d}", title(scene, rng), scene)
        for number, scene in zip(numbers, scenes, strict=True)
    ]
    rows: list[dict[str, Any]] = []
    for row in pool.map(catalogue_row, named, [int(rng.integers(4)) for _ in named], chunksize=5):
        rows.append(row)
        progress(len(rows), len(named))
    return Collection(
        name=NAME,
        folder=Path(NAME),
        ids=tuple(row["id"] for row in rows),
        metadata=tuple({key: row[key] for key in PUBLIC if key in row} for row in rows),
        picture=lambda number: rows[number]["image"]["bytes"],
    )
