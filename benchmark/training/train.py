"""Trains what a submission's recipe.toml asks for, and writes weights and log."""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.submission_files import LOG, RECIPE
from benchmark.training import checkpoint, contrastive, finetuning
from benchmark.training.loop import Progress
from benchmark.training.recipe import FineTuning, Int8, Towers, load
from benchmark.workspace import replacing


def train(
    folder: Path, cache: Path, device: str, progress: Progress, pictures: Path | None = None
) -> Path:
    """Make the weights of `folder` from its recipe; return their path.

    An interrupted call goes on from its last checkpoint. Weights (float16 safetensors, or ONNX
    graphs) and training.json are written at the end. `pictures` is an ImageFolder to fine-tune on
    instead of the recipe's domain. Raises BadInput, and FloatingPointError with the step when the
    loss is no longer a number.
    """
    recipe = load(folder)
    if pictures is not None and not isinstance(recipe, FineTuning):
        raise BadInput(folder / RECIPE, "draws its own pictures", "leave --folder out")
    if isinstance(recipe, Int8):
        from benchmark.training import quantisation

        weights, log = quantisation.train(folder, recipe, cache, progress)
    elif isinstance(recipe, Towers):
        from benchmark.training import towers

        weights, log = towers.train(folder, recipe, cache, device, progress)
    elif isinstance(recipe, FineTuning):
        weights, log = finetuning.train(folder, recipe, cache, device, progress, pictures)
    else:
        weights, log = contrastive.train(folder, recipe, cache, device, progress)
    with replacing(folder / LOG) as temporary:
        temporary.write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    checkpoint.clear(cache, folder.name)
    return weights
