"""Contrastive training of an open_clip model on rendered pairs, with teachers if it has any."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import torch
from torch import Tensor, nn

from benchmark.encoders.devices import count, pick
from benchmark.errors import BadInput
from benchmark.training import losses, vocabulary
from benchmark.training.batches import Batches
from benchmark.training.distillation import Teachers
from benchmark.training.inheritance import inherit
from benchmark.training.loop import Log, Progress, fit, told
from benchmark.training.models import Model
from benchmark.training.pictures import Pairs, rendered
from benchmark.training.recipe import RECIPE, Contrastive
from benchmark.workspace import digest_of, file_digest

HARDEST = math.log(100)
"""CLIP's cap on the logarithm of the scale."""


def train(
    folder: Path, recipe: Contrastive, cache: Path, device: str, progress: Progress
) -> tuple[Model, Log]:
    """Learn the vocabulary and the model of `folder`; it is for the caller to keep them.

    Needs open_clip_config.json in the folder. Raises BadInput, and FloatingPointError with the
    step when the loss is no longer a number.
    """
    pairs = rendered(recipe.pairs, recipe.seed, cache, lambda d, n: progress("drawing", d, n))
    _tokenizer(folder, recipe, pairs)
    torch.manual_seed(recipe.seed)
    chosen = pick(device)
    model = Model(folder, chosen)
    net = model.net
    if recipe.inherit:
        inherit(net, Model(folder.parent / recipe.inherit, chosen).restore().net)
    if recipe.loss == "sigmoid" and net.logit_bias is None:
        where = f"{folder / RECIPE}: loss"
        raise BadInput(where, "the model has no bias", "set init_logit_bias in its config")
    batches = Batches(pairs, recipe, model.side)
    learned = nn.ModuleDict({"model": net})
    teachers = None
    if recipe.distillation:
        teachers = Teachers(folder.parent, recipe.distillation, pairs, cache, chosen, progress)
        learned["joints"] = teachers.joints(model.width)
    net.train()

    def loss_at(step: int) -> Tensor:
        batch = batches(step)
        with torch.no_grad():
            net.logit_scale.clamp_(0, HARDEST)
        with torch.autocast(chosen.type, torch.bfloat16):
            pictures = model.pictures(batch.pixels)
            texts = model.texts(model.tokenize(batch.texts))
        fits, scale = batch.fits.to(chosen), net.logit_scale.exp()
        if recipe.loss == "sigmoid":
            loss = losses.sigmoid(texts, pictures, fits, scale, net.logit_bias)
        else:
            loss = losses.contrastive(texts, pictures, fits, scale)
        return loss + teachers.loss(batch, texts, pictures, scale) if teachers else loss

    own = (folder / RECIPE, folder / "open_clip_config.json")
    kept = cache / "checkpoints" / f"{folder.name}-{digest_of(*map(file_digest, own))[:16]}"
    log = fit(learned, loss_at, recipe, kept.with_suffix(".safetensors"), progress)
    seen = {"parameters": count(net), "pairs": len(batches.rows)}
    return model, {**seen, "pairs_seen": recipe.steps * recipe.batch, **told(log, chosen)}


def _tokenizer(folder: Path, recipe: Contrastive, pairs: Pairs) -> None:
    if recipe.vocabulary:
        vocabulary.learn(vocabulary.texts_of(pairs, recipe.seed), recipe.vocabulary, folder)
        return
    for name in vocabulary.FILES:
        source = folder.parent / str(recipe.tokenizer) / name
        if not source.is_file():
            raise BadInput(
                f"{folder / RECIPE}: tokenizer", f"there is no {source}", "train it first"
            )
        shutil.copyfile(source, folder / name)
