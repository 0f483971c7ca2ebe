"""Batches of rendered pictures with texts, each following from the recipe's seed and the step."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.training.rendered_pairs import Pairs, pixels
from benchmark.training.settings import Rendered
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import TagTable, mirrored, touched

_SHIFT = 1 / 16
"""Pictures are moved by up to this share of their side, so that no pixel is learned by heart."""


@dataclass(frozen=True)
class Batch:
    """`rows` of the table of pictures (the second half of it is the first in a mirror).

    `pixels` (p, 3, side, side) in 0..1, `texts` t of them, `fits` (t, p).
    """

    rows: NDArray[np.intp]
    pixels: Tensor
    texts: list[str]
    fits: Tensor


class Batches:
    """The batch of any step; the same step is the same batch, so a training can be resumed."""

    def __init__(self, pairs: Pairs, recipe: Rendered, side: int) -> None:
        self._pairs, self._recipe = pairs, recipe
        kept = [not touched(one, recipe.without) for one in pairs.facts]
        self.rows = np.flatnonzero(kept)
        self._facts = pairs.facts + [mirrored(one) for one in pairs.facts]
        self.table = TagTable(self._facts)
        self._pictures = pairs.pictures(side)

    def __call__(self, step: int) -> Batch:
        rng = np.random.default_rng([self._recipe.seed, step])
        size = min(self._recipe.batch, len(self.rows))
        rows = np.sort(rng.choice(self.rows, size, replace=False))
        captioned = rng.random() < self._recipe.captions
        # A caption may name left and right, so only pictures with queries are mirrored.
        flipped = np.zeros(size, bool) if captioned else rng.random(size) < 0.5
        pixels = self._pixels(rows, flipped, rng)
        seen = rows + flipped * len(self._pairs.facts)
        languages = rng.integers(0, 2, size * (1 if captioned else self._recipe.synthetic_queries))
        if captioned:
            tongues = (self._pairs.english, self._pairs.french)
            texts = [tongues[one][row] for one, row in zip(languages, rows, strict=True)]
            fits = np.eye(size, dtype=bool)
        else:
            chance = Random(int(rng.integers(2**32)))
            shown = np.tile(seen, self._recipe.synthetic_queries)
            asked = [
                synthetic_query(self._facts[row], int(one), chance)
                for one, row in zip(languages, shown, strict=True)
            ]
            texts = [one.text for one in asked]
            fits = self.table.fitting(seen, [(one.needs, one.bars) for one in asked])
        return Batch(seen, pixels, texts, torch.from_numpy(fits).float())

    def _pixels(
        self, rows: NDArray[np.intp], flipped: NDArray[np.bool_], rng: np.random.Generator
    ) -> Tensor:
        pictures = self._pictures[rows]
        pictures[flipped] = pictures[flipped, :, ::-1]
        most = round(_SHIFT * pictures.shape[1])
        down, right = rng.integers(0, 2 * most + 1, 2)
        padded = np.pad(pictures, ((0, 0), (most, most), (most, most), (0, 0)), "edge")
        height, width = pictures.shape[1:3]
        moved = padded[:, down : down + height, right : right + width]
        return pixels(moved)
