"""What heads learn from drawn scenes in a step: texts, and which scene each fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.collections.atelier import captions
from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.training.painting_lessons import Batch
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import TagTable, mirrored

SEED = 2
"""Scenes of another stretch than those that models are trained on from nothing, or tuned on."""


class SceneLessons:
    """Of drawn scenes: captions, and synthetic queries, which fit what they fit."""

    def __init__(
        self,
        scenes: int,
        encode: Callable[[Sequence[str]], NDArray[np.float32]],
        languages: Sequence[int],
        told: float,
    ) -> None:
        """`languages`: 0 is English, 1 French; `told`: share of steps with captions."""
        self._scenes = [training_scene(index, SEED) for index in range(scenes)]
        facts = [scene.facts() for scene in self._scenes]
        self._facts = [*facts, *map(mirrored, facts)]
        self._table = TagTable(self._facts)
        self._encode, self._languages, self._told = encode, languages, told

    def __call__(self, size: int, rng: np.random.Generator) -> Batch:
        """`size` scenes, where they are asked for in a mirror or not."""
        rows = rng.choice(len(self._scenes), min(size, len(self._scenes)), replace=False)
        languages = rng.choice(self._languages, len(rows))
        if rng.random() < self._told:  # a caption may name left and right: no mirror
            tongues = (captions.english, captions.french)
            pairs = zip(rows, languages, strict=True)
            texts = [tongues[one](self._scenes[row], rng) for row, one in pairs]
            return Batch(rows, self._sentences(texts), torch.eye(len(rows)))
        rows = rows + len(self._scenes) * rng.integers(0, 2, len(rows))
        chance = Random(int(rng.integers(2**32)))
        asked = [
            synthetic_query(self._facts[row], int(one), chance)
            for row, one in zip(rows, languages, strict=True)
        ]
        fits = self._table.fitting(rows, [(one.needs, one.bars) for one in asked])
        sentences = self._sentences([one.text for one in asked])
        return Batch(rows, sentences, torch.from_numpy(fits).float())

    def _sentences(self, texts: Sequence[str]) -> Tensor:
        return torch.from_numpy(self._encode(texts))
