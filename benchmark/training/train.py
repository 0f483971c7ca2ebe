"""From a submission's recipe to its weights: picks the idea."""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.training import contrastive, finetuning
from benchmark.training.loop import Log, Progress
from benchmark.training.recipe import RECIPE, FineTuning, Int8, Towers, load
from benchmark.workspace import replacing

LOG = "training.json"


def train(
    folder: Path, cache: Path, device: str, progress: Progress, pictures: Path | None = None
) -> Path:
    """Make the weights of `folder` from its recipe; return their path.

    An interrupted call goes on from its last checkpoint. Weights (float16 safetensors) and
    training.json are written at the end. `pictures` is an ImageFolder to fine-tune on instead of
    the recipe's domain. Raises BadInput, and FloatingPointError with the step
    when the loss is no longer a number.
    """
    recipe = load(folder)
    if isinstance(recipe, Int8):
        from benchmark.training import quantisation

        return _done(folder, *quantisation.train(folder, recipe, cache, progress))
    if isinstance(recipe, Towers):
        from benchmark.training import towers

        return _done(folder, *towers.train(folder, recipe, cache, device, progress))
    if isinstance(recipe, FineTuning):
        model, log = finetuning.train(folder, recipe, cache, device, progress, pictures)
    elif pictures is not None:
        raise BadInput(folder / RECIPE, "draws its own pictures", "leave --folder out")
    else:
        model, log = contrastive.train(folder, recipe, cache, device, progress)
    model.keep()
    return _done(folder, model.weights, log)


def _done(folder: Path, weights: Path, log: Log) -> Path:
    with replacing(folder / LOG) as temporary:
        temporary.write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    return weights
