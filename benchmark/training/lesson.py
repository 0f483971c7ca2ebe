"""The loss of a fine-tuning's steps: captions or synthetic queries, in views by chance."""

from __future__ import annotations

from random import Random

import numpy as np
import torch
from torch import Tensor
from torchvision.transforms import v2

from benchmark.training import losses
from benchmark.training.examples import Examples
from benchmark.training.models import Model
from benchmark.training.rendered_pairs import Facts
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import TagTable


class Lesson:
    """The loss of any step over `part`, the same for the same seed and step.

    `asked`: share of steps with synthetic queries in place of captions.
    """

    def __init__(
        self, model: Model, part: Examples, *, batch: int, seed: int, asked: float, augment: bool
    ) -> None:
        self._model, self._part, self._batch, self._seed = model, part, batch, seed
        self._asked, self._augment = asked, augment
        self._told = [_unsided(one) if augment else one for one in self._part.facts]
        self._table = TagTable(self._part.facts)
        self._mirrored, self._upright = view(model.side, True), view(model.side, False)

    def __call__(self, step: int) -> Tensor:
        rng = np.random.default_rng([self._seed, step])
        torch.manual_seed(int(rng.integers(2**31)))
        size = min(self._batch, len(self._part.captions))
        rows = rng.choice(len(self._part.captions), size, replace=False)
        part = self._part.of(rows.tolist())
        pixels = part.pixels()
        asking = rng.random() < self._asked
        if self._augment:  # a drawn picture's caption may name left and right
            seen = self._upright if part.facts and not asking else self._mirrored
            pixels = torch.stack([seen(one) for one in pixels])
        if asking:
            chance = Random(int(rng.integers(2**32)))
            queries = [
                synthetic_query(self._told[row], chance.randrange(2), chance) for row in rows
            ]
            texts = [one.text for one in queries]
            fits = self._table.fitting(rows, [(one.needs, one.bars) for one in queries])
        else:
            texts = [one[int(rng.integers(len(one)))] for one in part.captions]
            fits = np.eye(size, dtype=bool)
        tokens = self._model.tokenize(texts)
        return contrast(self._model, tokens, pixels, torch.from_numpy(fits).float())


def view(side: int, mirrored: bool) -> v2.Compose:
    """A picture a little cropped and coloured otherwise, by chance; perhaps in a mirror."""
    crop = v2.RandomResizedCrop(side, scale=(0.8, 1.0), ratio=(1.0, 1.0))
    flip = [v2.RandomHorizontalFlip()] if mirrored else []
    return v2.Compose([crop, *flip, v2.ColorJitter(0.2, 0.2, 0.2)])


def contrast(model: Model, tokens: Tensor, pixels: Tensor, fits: Tensor) -> Tensor:
    """The loss of a model over (t, length) tokens, (p, 3, side, side) pixels and (t, p) fits."""
    scale = model.net.logit_scale
    losses.cap(scale)
    said, seen = model.texts(tokens), model.pictures(pixels)
    return losses.contrastive(said, seen, fits.to(model.device), scale.exp())


def _unsided(facts: Facts) -> Facts:
    """The facts that hold in a mirror as well."""
    return {**facts, "relations": [one for one in facts["relations"] if one[1] != "left of"]}
