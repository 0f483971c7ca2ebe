"""Where heads learn: real paintings or drawn scenes, as the frozen image encoder sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.pretrained.features import LIKELY, WIDTH, late
from benchmark.training.described_paintings import DescribedPaintings
from benchmark.training.frozen_states import States, frozen_states
from benchmark.training.painting_lessons import Batch, PaintingLessons
from benchmark.training.recipe import Job
from benchmark.training.rendered_pairs import renderer
from benchmark.training.scene_lessons import SEED, SceneLessons
from benchmark.workspace import digest_of, file_digest

if TYPE_CHECKING:
    from benchmark.pretrained.sentences import MiniLM, Multilingual
    from benchmark.training.recipes.heads import HeadsRecipe, Scenes

_BATCH = 100
_ENOUGH = 3000
"""Pictures that principal components are found in, of drawn scenes: they are all alike."""


@dataclass(frozen=True)
class World:
    """Pictures and what is learned of them. Rows are those of `States`: upright, then mirrored."""

    states: States
    features: NDArray[np.float32]
    """(rows, features.WIDTH)."""
    rows: NDArray[np.intp]
    """Upright pictures that are learned from."""
    lesson: Callable[[int, np.random.Generator], Batch]
    digest: str
    texts: int
    """That are learned from; 0 where they are made as they are wanted."""

    def to_learn(self) -> NDArray[np.float32]:
        """Features of the pictures that are learned from, and of their mirror images."""
        some = self.rows[:_ENOUGH] if not self.texts else self.rows
        found: NDArray[np.float32] = self.features[[*some, *(some + len(self.states) // 2)]]
        return found

    def likely(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Probabilities (n, 1000) of ImageNet's classes."""
        found: NDArray[np.float32] = self.features[rows, LIKELY]
        return found


def of_paintings(
    described: DescribedPaintings,
    rows: NDArray[np.intp],
    recipe: HeadsRecipe,
    encode: Multilingual | MiniLM,
    network: Any,
    side: int,
    job: Job,
) -> World:
    """Annotated paintings, of which `rows` are learned from."""
    keys = [file_digest(described.folder / one.file) for one in described.paintings]
    looked = partial(job.progress, "looking")
    states = frozen_states(keys, described.picture, side, job.cache, looked)
    told = described.texts(rows, bool(recipe.dev), recipe.seed, encode.languages)
    sentences = torch.from_numpy(encode(told.texts))
    shares = (recipe.captions, recipe.lines)
    lesson = PaintingLessons(told, sentences, rows, len(keys), shares, recipe.requests)
    digest = digest_of(*keys, *told.texts)
    return World(states, features_of(network, states), rows, lesson, digest, len(told.texts))


def of_scenes(
    drawn: Scenes, encode: Multilingual | MiniLM, network: Any, side: int, job: Job
) -> World:
    """Drawn scenes, all of them learned from."""
    keys = [f"{renderer()}-{SEED}-{index}" for index in range(drawn.scenes)]
    drew = partial(job.progress, "drawing")
    states = frozen_states(keys, lambda row: training_pair(row, SEED)[0], side, job.cache, drew)
    lesson = SceneLessons(drawn.scenes, encode, encode.languages, drawn.captions)
    rows = np.arange(drawn.scenes)
    return World(states, features_of(network, states), rows, lesson, digest_of(*keys), 0)


def features_of(network: Any, states: States) -> NDArray[np.float32]:
    """(n, features.WIDTH) of all rows, by the stages behind as they stand."""
    found = np.empty((len(states), WIDTH), np.float32)
    for start in range(0, len(states), _BATCH):
        rows = range(start, min(start + _BATCH, len(states)))
        for places, some, views in states.of(rows):
            with torch.inference_mode():
                found[start + np.array(places)] = late(network, some, views).numpy()
    return found
