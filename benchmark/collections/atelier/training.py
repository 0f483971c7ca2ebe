"""Pictures and captions to learn from: unlimited, and never a gallery scene."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow.parquet as pq
from PIL import Image

from benchmark.collections.atelier import captions
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.gallery import GALLERY, SEEDS
from benchmark.collections.atelier.scene import Scene, key_of, sample_scene

# Each index owns this many seeds, so that one skipped scene never shifts the others.
_SEEDS_EACH = 64


@lru_cache(maxsize=1)
def gallery_keys() -> frozenset[str]:
    """The scene keys of the gallery as it is committed."""
    column = pq.read_table(GALLERY, columns=["facts"]).column("facts")
    return frozenset(key_of(json.loads(facts)) for facts in column.to_pylist())


def training_scene(index: int, seed: int = 0) -> Scene:
    """The scene of an index: drawn on until its key is no gallery scene's.

    Each `seed` begins a stretch of a million indices of its own.
    """
    first = SEEDS.stop + (seed * 1_000_000 + index) * _SEEDS_EACH
    for own in range(first, first + _SEEDS_EACH):
        scene = sample_scene(own)
        if scene.key() not in gallery_keys():
            return scene
    raise RuntimeError(f"training scene {index}: {_SEEDS_EACH} draws were all gallery scenes")


def training_pair(index: int, seed: int = 0) -> tuple[Image.Image, str, str]:
    """The picture of an index with an English and a French caption."""
    scene = training_scene(index, seed)
    rng = np.random.default_rng([scene.seed, 2])
    return render(scene), captions.english(scene, rng), captions.french(scene, rng)


def training_pairs(count: int, seed: int = 0) -> Iterator[tuple[Image.Image, str, str]]:
    """The first `count` pairs of a seed, rendered one by one as they are asked for."""
    return (training_pair(index, seed) for index in range(count))
