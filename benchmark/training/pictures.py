"""Rendered pairs for training, at a model's resolution, kept in this machine's cache."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmark.collections.atelier.training import training_pair
from benchmark.workspace import digest_of, file_digest, replacing

CHUNK = 500
"""Pairs rendered by one task: what an interruption can lose."""


@dataclass(frozen=True)
class Pairs:
    """`pictures` (n, size, size, 3) uint8, and two captions for each."""

    pictures: NDArray[np.uint8]
    english: list[str]
    french: list[str]


def rendered(
    count: int, size: int, seed: int, cache: Path, progress: Callable[[int, int], None]
) -> Pairs:
    """`count` pairs squashed to `size` x `size`, rendered on all cores or read from the cache.

    Scenes are disjoint from the gallery's. An interrupted call goes on where it stopped.
    `progress` is called with (pairs done, pairs in all).
    """
    world = Path(__file__).parent.parent / "collections" / "atelier"
    parts = sorted(path for kind in ("*.py", "*.csv", "*.ttl") for path in world.rglob(kind))
    code = digest_of(*map(file_digest, parts))
    folder = cache / "pairs" / f"{code[:16]}-{size}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, count, CHUNK)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        tasks = [pool.submit(_chunk, folder, start, size, seed) for start in starts]
        for done, task in enumerate(as_completed(tasks), 1):
            task.result()
            progress(min(done * CHUNK, count), count)
    pictures = np.concatenate([np.load(_names(folder, start)[0]) for start in starts])[:count]
    captions = [c for start in starts for c in json.loads(_names(folder, start)[1].read_text())]
    return Pairs(pictures, [en for en, _ in captions[:count]], [fr for _, fr in captions[:count]])


def _names(folder: Path, start: int) -> tuple[Path, Path]:
    return folder / f"{start:08d}.npy", folder / f"{start:08d}.json"


def _chunk(folder: Path, start: int, size: int, seed: int) -> None:
    pixels, words = _names(folder, start)
    if pixels.is_file() and words.is_file():
        return
    pictures = np.empty((CHUNK, size, size, 3), np.uint8)
    captions = []
    for i in range(CHUNK):
        picture, english, french = training_pair(start + i, seed)
        pictures[i] = np.asarray(picture.resize((size, size), Image.Resampling.BICUBIC))
        captions.append((english, french))
    with replacing(words) as temporary:
        temporary.write_text(json.dumps(captions, ensure_ascii=False), encoding="utf-8")
    with replacing(pixels) as temporary, temporary.open("wb") as stream:
        np.save(stream, pictures)
