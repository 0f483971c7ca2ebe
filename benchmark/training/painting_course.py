"""Tuning on annotated paintings: what is found among those held out, and among drawn scenes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from benchmark.training import examples
from benchmark.training.described_paintings import opened
from benchmark.training.lesson import contrast, view
from benchmark.training.models import Model
from benchmark.training.painting_trial import PaintingTrial
from benchmark.training.recipe import Job, Log
from benchmark.training.rendered_pairs import pixels, rendered
from benchmark.training.settings import Paintings
from benchmark.training.trial import Found, Trial, mean, told
from benchmark.workspace import Workspace, digest_of, file_digest

if TYPE_CHECKING:
    from benchmark.training.recipes.fine_tuning import FineTuning

_LANGUAGES = (0, 1)
"""English and French."""
_FEWEST = 2
"""Requests that have a mean with an interval."""


class PaintingCourse:
    """Annotated paintings, learned from by captions, lines of the catalogue and requests.

    Two trials: requests kept back, put to the paintings held out, if any are; and synthetic
    queries, put to drawn scenes that no model learned from, for what is forgotten.
    """

    def __init__(self, job: Job, recipe: FineTuning, table: Paintings, model: Model) -> None:
        """`model` as it is before tuning."""
        described = opened(Workspace.find(job.folder).queries, job.pictures)
        held_out, rows = described.parts(table.dev, recipe.seed)
        squashed = []
        for row in range(len(described.paintings)):
            squashed.append(model.squashed(described.picture(row)))
            job.progress("looking", row + 1, len(described.paintings))
        pictures = np.stack(squashed)
        self._model, self._recipe, self._table = model, recipe, table
        self._ours, self._held_out = pictures[rows], pictures[held_out]
        self._texts = described.texts(rows, bool(table.dev), recipe.seed, _LANGUAGES)
        self._tokens = model.tokenize(self._texts.texts)
        self._view = view(model.side, mirrored=True) if recipe.augment else None
        _, kept_back = described.requests(bool(table.dev))
        seen = [described.paintings[row].seen for row in held_out]
        trial = PaintingTrial(kept_back, seen, _LANGUAGES)
        enough = len(trial.texts) >= _FEWEST * len(_LANGUAGES)
        self._paintings = trial if enough else None
        scenes = rendered(
            examples.DRAWN, examples.SEED, job.cache, partial(job.progress, "drawing")
        )
        self._scenes = Trial(scenes.facts, scenes.pictures(model.side), (), ())
        files = (file_digest(described.folder / one.file) for one in described.paintings)
        self.made_of = [digest_of(*files, *self._texts.texts)]
        self._before = self._tried()

    def loss_at(self, step: int) -> Tensor:
        """The same for the same seed and step."""
        rng = np.random.default_rng([self._recipe.seed, step])
        torch.manual_seed(int(rng.integers(2**31)))
        rows = rng.choice(len(self._ours), min(self._recipe.batch, len(self._ours)), replace=False)
        table = self._table
        texts, fits = self._texts.batch(rows, table.captions, table.lines, table.requests, rng)
        shown = pixels(self._ours[rows])
        if self._view is not None:
            shown = torch.stack([self._view(one) for one in shown])
        return contrast(self._model, self._tokens[texts], shown, torch.from_numpy(fits))

    def worth(self) -> float:
        """What is found among paintings times what is found among scenes.

        The product weighs shares, not points: a tenth lost of one is made good by a ninth more
        of the other.
        """
        return float(np.prod([mean(values) for values in self._tried().values()]))

    def told(self) -> Log:
        """What the model found before, and finds now; "own" are the paintings."""
        asked: Log = self._scenes.sizes()
        if self._paintings is not None:
            texts = len(self._paintings.texts)
            asked["own"] = {"texts": texts, "paintings": len(self._held_out)}
        return {
            "paintings": len(self._ours),
            "texts": len(self._texts.texts),
            "asked": asked,
            **told(self._before, self._tried()),
        }

    @torch.no_grad()
    def _tried(self) -> Found:
        model, found = self._model, self._scenes.found(self._model)
        if self._paintings is not None:
            texts = model.texts(model.tokenize(self._paintings.texts)).cpu().numpy()
            pictures = model.pictures(pixels(self._held_out)).cpu().numpy()
            found["own"] = self._paintings.by_request(texts, pictures)
        return found
