"""Tuning on pairs: of a domain of the atelier, or of somebody's own pictures with captions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from torch import Tensor

from benchmark.training import examples
from benchmark.training.accuracy import accuracies, top_1
from benchmark.training.lesson import Lesson
from benchmark.training.models import Model
from benchmark.training.recipe import Job, Log
from benchmark.training.trial import Found, told
from benchmark.workspace import file_digest

if TYPE_CHECKING:
    from benchmark.training.recipes.fine_tuning import FineTuning


@dataclass(frozen=True)
class _Figures:
    """Top-1 accuracy by part; and what is found among drawn scenes, if they were drawn."""

    top_1: dict[str, Any]
    found: Found


class PairCourse:
    """Pairs in three parts: learned from, chosen by, tested on."""

    loss_at: Callable[[int], Tensor]
    made_of: list[str]
    """Digests of what is learned from beside the recipe."""

    def __init__(self, job: Job, recipe: FineTuning, model: Model) -> None:
        """`model` as it is before tuning."""
        self._model, self._others, self._trial, self.made_of = model, None, None, []
        if job.pictures is not None:
            self._ours = examples.of_folder(job.pictures, model.squashed, job.cache)
            self.made_of = [file_digest(job.pictures / "metadata.jsonl")]
        else:
            drawing = partial(job.progress, "drawing")
            self._ours, self._others, self._trial = examples.of_domain(
                recipe.domain, recipe.pairs, model.side, job.cache, drawing
            )
        self._parts = examples.split(len(self._ours.captions), recipe.seed)
        self.loss_at = Lesson(
            model,
            self._ours.of(self._parts["train"]),
            batch=recipe.batch,
            seed=recipe.seed,
            asked=recipe.synthetic_queries,
            augment=recipe.augment,
        )
        self._before = self._tried()

    def worth(self) -> float:
        """Top-1 accuracy on the part to choose by."""
        return top_1(self._model, self._ours, self._parts["validation"])

    def told(self) -> Log:
        """What the model was worth before, and is now."""
        trial, before, after = self._trial, self._before, self._tried()
        return {
            "pairs": {name: len(rows) for name, rows in self._parts.items()},
            "top_1_before": before.top_1,
            "top_1_after": after.top_1,
            **({"trial": trial.sizes(), **told(before.found, after.found)} if trial else {}),
        }

    def _tried(self) -> _Figures:
        found = self._trial.found(self._model) if self._trial else {}
        return _Figures(accuracies(self._model, self._ours, self._parts, self._others), found)
