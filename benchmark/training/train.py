"""Trains what a submission's recipe.toml asks for, and writes weights and log."""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.submission_files import LOG, RECIPE
from benchmark.training import checkpoint
from benchmark.training.preflight import whatever_the_kind
from benchmark.training.recipe import Job, Progress, load
from benchmark.workspace import replacing


def train(
    folder: Path, cache: Path, device: str, progress: Progress, pictures: Path | None = None
) -> Path:
    """Make the weights of `folder` from its recipe; return their path.

    What can be known to fail fails first. An interrupted call goes on from its last checkpoint.
    Weights (float16 safetensors, or ONNX graphs) and training.json are written at the end.
    `pictures` is a folder to learn from, where the kind of recipe takes one. Raises
    BadInput, and FloatingPointError with the step when the loss is no longer a number.
    """
    recipe, table = load(folder)
    job = Job(folder, cache, device, progress, pictures)
    if pictures is not None and not recipe.takes_pictures:
        raise BadInput(folder / RECIPE, "draws its own pictures", "leave --folder out")
    whatever_the_kind(job)
    recipe.check(job, table)
    weights, log = recipe.train(job, table)
    with replacing(folder / LOG) as temporary:
        temporary.write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    checkpoint.clear(cache, folder.name)
    return weights
