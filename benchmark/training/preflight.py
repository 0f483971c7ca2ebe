"""What would fail after minutes of drawing or training, found before either begins.

Each raises BadInput naming file and field. None draws or trains anything.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmark.adapters.open_clip import CONFIG
from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.devices import pick
from benchmark.errors import BadInput
from benchmark.submission import Submission
from benchmark.submission import load as load_submission
from benchmark.submission_files import MANIFEST
from benchmark.training import tokenizer
from benchmark.training.models import build, described
from benchmark.training.recipe import Job
from benchmark.training.rendered_pairs import bytes_to_come, check_side
from benchmark.training.settings import Paintings, Rendered
from benchmark.training.tags import touched

_SLACK = 256 << 20
"""Bytes beside the pictures: checkpoints, what a teacher makes of them, the weights."""


def whatever_the_kind(job: Job) -> None:
    """The device is there; the submission and the cache can be written to."""
    device(job.device)
    for folder in (job.folder, job.cache):
        writable(folder)


def device(name: str) -> None:
    """Refuse a device that this machine, or this torch, has not."""
    import torch

    try:
        torch.ones(1, device=pick(name)).item()
    except (AssertionError, NotImplementedError, RuntimeError):
        raise BadInput("--device", f"'{name}' is not to be had here", "use auto or cpu") from None


def room_for(job: Job, pairs: int, seed: int) -> None:
    """Refuse to draw what the disk cannot hold."""
    needed = bytes_to_come(pairs, seed, job.cache) + _SLACK
    free = shutil.disk_usage(job.cache).free
    if needed > free:
        problem = f"{needed / 1e9:.1f} GB are needed, {free / 1e9:.1f} GB are free"
        raise BadInput(job.cache, problem, "make room, or ask for fewer pairs")


def learnable(job: Job, recipe: Rendered) -> None:
    """Refuse a recipe that leaves nothing to learn from, or more than the disk can hold."""
    scenes = (training_scene(index, recipe.seed).facts() for index in range(recipe.pairs))
    if recipe.without and all(touched(facts, recipe.without) for facts in scenes):
        where, problem = job.where("without"), "no picture is left to learn from"
        raise BadInput(where, problem, "name fewer tags")
    room_for(job, recipe.pairs, recipe.seed)


def submission(job: Job, field: str, name: str) -> Path:
    """The folder of a trained submission of open_clip's that a field names."""
    folder = job.folder.parent / name
    if not (folder / MANIFEST).is_file():
        problem = f"no submission is named '{name}'"
        raise BadInput(job.where(field), problem, f"look in {folder.parent}")
    _trained(folder)
    return folder


def base(job: Job, what: str) -> tuple[Submission, Path]:
    """This submission, and the folder of the one it starts from. `what` is made of that."""
    own = load_submission(job.folder, weights_to_come=True)
    if own.base is None:
        where = f"{job.folder / MANIFEST}: base"
        raise BadInput(where, "missing", f"name the submission that is {what}")
    home = job.folder.parent / own.base
    _trained(home)
    tokenizer.check(home)
    return own, home


def drawn_for(folder: Path) -> dict[str, Any]:
    """The config of an open_clip submission whose pictures are drawn at a side it takes."""
    config, _ = described(folder)
    side = config["model_cfg"]["vision_cfg"]["image_size"]
    check_side(side, f"{folder / CONFIG}: model_cfg.vision_cfg.image_size")
    return config


def net(folder: Path) -> Any:
    """The net that is to learn, built once to see that it can be."""
    import torch

    return build(folder, torch.device("cpu"))


def words(job: Job, field: str, tokens: int, config: dict[str, Any]) -> None:
    """Refuse more tokens than the text tower has embeddings for."""
    room = config["model_cfg"]["text_cfg"]["vocab_size"]
    if tokens > room:
        problem = f"{tokens} tokens, but {CONFIG} has a vocab_size of {room}"
        raise BadInput(job.where(field), problem, "make them equal")


def held_out(job: Job, field: str, recipe: Paintings, paintings: int, batch: int) -> None:
    """Refuse to hold out so many of the paintings that no whole batch is left."""
    if recipe.dev and paintings - recipe.dev < batch:
        raise BadInput(job.where(field), f"leaves fewer than {batch}", "hold out fewer")


def _trained(folder: Path) -> None:
    _, weights = described(folder)
    if not weights.is_file():
        where, remedy = f"{folder / MANIFEST}: model.weights", "train it first: cimaise train"
        raise BadInput(where, f"{weights.name} is not there", f"{remedy} {folder.name}")
    load_submission(folder)


def writable(folder: Path) -> None:
    """Refuse a folder in which no file can be made; make it where it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        problem = f"cannot be written to ({error.strerror or type(error).__name__})"
        raise BadInput(folder, problem, "make it writable, or free its disk") from None
