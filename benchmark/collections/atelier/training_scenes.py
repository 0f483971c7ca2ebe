"""Pictures and captions to learn from: unlimited, and never a gallery scene.

Some things are kept from learners altogether, so that what they make of the unseen can be
measured: pairs of concepts that never meet, colours that some concepts never have, one style,
and five painters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from benchmark.collections.atelier import captions
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.facts import published
from benchmark.collections.atelier.paths import SPLITS
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import Scene, key_of

FIRST_SEED = 1_000_000_000
"""Seeds of training begin here; those of the galleries lie below."""
_SEEDS_EACH = 64
"""Each index owns this many seeds, so that one skipped scene never shifts the others."""

UNSEEN_PAIRS: tuple[frozenset[str], ...] = tuple(
    frozenset(pair)
    for pair in (
        ("horse", "bridge"), ("skull", "book"), ("child", "umbrella"), ("train", "mountain"),
        ("rowing boat", "lighthouse"), ("lemon", "bottle"), ("cat", "window"), ("swan", "castle"),
    )
)  # fmt: skip
UNSEEN_COLOURS: frozenset[tuple[str, str]] = frozenset(
    (("yellow", "sailing boat"), ("white", "windmill"), ("black", "sheep"), ("green", "vase"))
)
UNSEEN_STYLE = "tenebrist"
UNSEEN_PAINTERS: frozenset[str] = frozenset(
    ("Noriko Amasaki", "Zelda Pirokov", "Teodor Kvistholm", "Joaquim Terralba", "Isaura Bellamonte")
)


def unseen(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What in these facts no learner was ever shown: pair, colour, style, painter."""
    shown = {thing["concept"] for thing in facts["objects"]}
    coloured = {(thing["colour"], thing["concept"]) for thing in facts["objects"]}
    found = {
        "pair": any(pair <= shown for pair in UNSEEN_PAIRS),
        "colour": bool(coloured & UNSEEN_COLOURS),
        "style": facts["style"] == UNSEEN_STYLE,
        "painter": facts["painter"] in UNSEEN_PAINTERS,
    }
    return tuple(name for name, holds in found.items() if holds)


@lru_cache(maxsize=1)
def gallery_keys() -> frozenset[str]:
    """The scene keys of both galleries as they are committed."""
    return frozenset(key_of(facts) for split in SPLITS for facts in published(split).values())


def training_scene(index: int, seed: int = 0) -> Scene:
    """The scene of an index: drawn on until it is no gallery scene and shows nothing held out.

    Each `seed` begins a stretch of a million indices of its own.
    """
    first = FIRST_SEED + (seed * 1_000_000 + index) * _SEEDS_EACH
    for own in range(first, first + _SEEDS_EACH):
        scene = sample_scene(own)
        if not unseen(scene.facts()) and scene.key() not in gallery_keys():
            return scene
    raise RuntimeError(f"training scene {index}: {_SEEDS_EACH} draws were all held out")


def training_pair(index: int, seed: int = 0) -> tuple[Image.Image, str, str, dict[str, Any]]:
    """The picture of an index, an English and a French caption, and the scene's facts."""
    scene = training_scene(index, seed)
    rng = np.random.default_rng([scene.seed, 2])
    english, french = captions.english(scene, rng), captions.french(scene, rng)
    return render(scene), english, french, scene.facts()
