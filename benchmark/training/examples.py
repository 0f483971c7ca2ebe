"""A few hundred pairs to fine-tune on: of a domain of the atelier, or of somebody's folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from torch import Tensor

from benchmark.collections import folder as folders
from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.collections.base import Collection
from benchmark.errors import BadInput
from benchmark.training.rendered_pairs import Facts, Pairs, pixels, rendered
from benchmark.training.tags import touched
from benchmark.training.trial import Trial

_TRAIN, _VALIDATION = 0.70, 0.15
"""Shares of these parts; the rest is for testing."""
_FEWEST = 20
"""Pairs that can still be split in three."""
DRAWN = 1500
"""Scenes drawn to find a domain's pairs among."""
SEED = 1
"""Another stretch of scenes than the one models are trained on from nothing."""


@dataclass(frozen=True)
class Examples:
    """`pictures` (n, side, side, 3) uint8 and the captions of each, one for every language.

    `facts`: what is known of each, where they were drawn; else none.
    """

    pictures: NDArray[np.uint8]
    captions: list[tuple[str, ...]]
    facts: list[Facts]

    def pixels(self) -> Tensor:
        """(n, 3, side, side) in 0..1."""
        return pixels(self.pictures)

    def of(self, rows: Sequence[int]) -> Examples:
        facts = [self.facts[row] for row in rows] if self.facts else []
        return Examples(self.pictures[list(rows)], [self.captions[row] for row in rows], facts)


def of_domain(
    domain: Sequence[str], count: int, side: int, cache: Path, progress: Callable[[int, int], None]
) -> tuple[Examples, Examples, Trial]:
    """`count` pairs with a tag that begins as `domain` says, and as many without.

    Of all scenes drawn for them, those that are not learned from are left for a trial.
    """
    pairs = rendered(DRAWN, SEED, cache, progress)
    pictures = pairs.pictures(side)
    inside = [touched(facts, domain) for facts in pairs.facts]
    chosen = (np.flatnonzero(inside)[:count], np.flatnonzero(~np.array(inside))[:count])
    ours, others = (_chosen(pairs, pictures, rows.tolist()) for rows in chosen)
    return ours, others, Trial(pairs.facts, pictures, domain, chosen[0].tolist())


def scenes_of(domain: Sequence[str]) -> int:
    """How many of the scenes that `of_domain` draws are of a domain; none is drawn for it."""
    scenes = (training_scene(index, SEED).facts() for index in range(DRAWN))
    return sum(touched(facts, domain) for facts in scenes)


def of_folder(path: Path, squashed: Callable[[Image], NDArray[np.uint8]], cache: Path) -> Examples:
    """Every picture of an ImageFolder whose metadata say anything of it, squashed to a square."""
    collection, captions = captions_of(path, cache)
    pictures = [squashed(collection.image(row)) for row in captions]
    return Examples(np.stack(pictures), [(said,) for said in captions.values()], [])


def captions_of(path: Path, cache: Path) -> tuple[Collection, dict[int, str]]:
    """An ImageFolder and the caption of each of its pictures, by row, that has one.

    It joins title, genre and style, whichever are there. Raises BadInput where the folder cannot
    be read, or too few pictures have any.
    """
    collection = folders.load(path.name, path, cache)
    captions: dict[int, str] = {}
    for row, facts in enumerate(collection.metadata):
        words = [facts.get(name, "").strip() for name in ("title", "genre", "style")]
        if said := ", ".join(word for word in words if word):
            captions[row] = said
    if len(captions) < _FEWEST:
        found = f"{len(captions)} pictures with a title, a genre or a style"
        raise BadInput(path, found, f"give {_FEWEST} or more")
    return collection, captions


def split(count: int, seed: int) -> dict[str, list[int]]:
    """Rows of each part, drawn by chance: 70, 15 and 15 of a hundred."""
    rows = np.random.default_rng(seed).permutation(count).tolist()
    first = round(_TRAIN * count)
    second = first + round(_VALIDATION * count)
    return {"train": rows[:first], "validation": rows[first:second], "test": rows[second:]}


def _chosen(pairs: Pairs, pictures: NDArray[np.uint8], rows: list[int]) -> Examples:
    captions: list[tuple[str, ...]] = [(pairs.english[row], pairs.french[row]) for row in rows]
    return Examples(pictures[rows], captions, [pairs.facts[row] for row in rows])
