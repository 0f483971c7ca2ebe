"""Rendered pairs for training, at the models' resolutions, kept in this machine's cache."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.errors import BadInput
from benchmark.workspace import digest_of, file_digest, replacing

CHUNK = 500
"""Pairs rendered by one task: what an interruption can lose."""
SIZES = (64, 96)
"""Drawing is dear and squashing is cheap: every picture is kept at each of these sides."""

_WORDS = 4096
"""Bytes of a pair's captions and facts, at most."""

Facts = dict[str, Any]


@dataclass(frozen=True)
class Pairs:
    """What was rendered, pair by pair; pictures at a side are read when asked for."""

    english: list[str]
    french: list[str]
    facts: list[Facts]
    files: tuple[Path, ...]

    def pictures(self, side: int) -> NDArray[np.uint8]:
        """(n, side, side, 3) uint8, squashed to a square; `side` is one of SIZES."""
        chunks = [np.load(path.with_name(f"{path.stem}-{side}.npy")) for path in self.files]
        return np.concatenate(chunks)[: len(self.facts)]


def pixels(pictures: NDArray[np.uint8]) -> Tensor:
    """(n, 3, side, side) in 0..1 of pictures (n, side, side, 3)."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2) / 255


def rendered(count: int, seed: int, cache: Path, progress: Callable[[int, int], None]) -> Pairs:
    """`count` pairs, rendered on all cores or read from the cache.

    Scenes are disjoint from the gallery's. An interrupted call goes on where it stopped.
    `progress` is called with (pairs done, pairs in all).
    """
    files = _files(count, seed, cache)
    files[0].parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        tasks = [pool.submit(_chunk, path, n * CHUNK, seed) for n, path in enumerate(files)]
        for done, task in enumerate(as_completed(tasks), 1):
            task.result()
            progress(min(done * CHUNK, count), count)
    rows = [row for path in files for row in json.loads(path.read_text(encoding="utf-8"))]
    english, french, facts = (list(column) for column in zip(*rows[:count], strict=True))
    return Pairs(english, french, facts, files)


def check_side(side: int, where: str) -> None:
    """Refuse, by the name of the field, a side at which no pictures are kept. Raises BadInput."""
    if side not in SIZES:
        kept = " or ".join(map(str, SIZES))
        raise BadInput(where, f"{side}, but pictures are drawn at {kept}", f"set it to {kept}")


def bytes_to_come(count: int, seed: int, cache: Path) -> int:
    """What `rendered` would still write to the cache, at most."""
    missing = sum(not path.is_file() for path in _files(count, seed, cache))
    return missing * CHUNK * (_WORDS + sum(3 * side * side for side in SIZES))


def _files(count: int, seed: int, cache: Path) -> tuple[Path, ...]:
    """One file a chunk, in a folder named by the renderer's code and the seed."""
    folder = cache / "pairs" / f"{renderer()[:16]}-{seed}"
    return tuple(folder / f"{start:08d}.json" for start in range(0, count, CHUNK))


def renderer() -> str:
    """Digest of the code and the tables that scenes are drawn by."""
    world = Path(__file__).parent.parent / "collections" / "atelier"
    parts = sorted(path for kind in ("*.py", "*.csv", "*.ttl") for path in world.rglob(kind))
    return digest_of(*map(file_digest, parts))


def _chunk(path: Path, start: int, seed: int) -> None:
    if path.is_file():
        return
    pictures = [np.empty((CHUNK, side, side, 3), np.uint8) for side in SIZES]
    rows: list[Sequence[Any]] = []
    for i in range(CHUNK):
        picture, *captions, facts = training_pair(start + i, seed)
        for side, kept in zip(SIZES, pictures, strict=True):
            kept[i] = np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC))
        rows.append((*captions, facts))
    for side, kept in zip(SIZES, pictures, strict=True):
        target = path.with_name(f"{path.stem}-{side}.npy")
        with replacing(target) as temporary, temporary.open("wb") as stream:
            np.save(stream, kept)
    with replacing(path) as temporary:  # last: its being there says that the chunk is whole
        temporary.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
