"""Contrastive training of an open_clip model on rendered pairs, with teachers if it has any."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from benchmark.adapters.open_clip import CONFIG
from benchmark.devices import count, pick
from benchmark.errors import BadInput
from benchmark.submission_files import RECIPE, digest
from benchmark.training import checkpoint, losses, vocabulary
from benchmark.training.batches import Batches
from benchmark.training.distillation import Teachers
from benchmark.training.inheritance import inherit
from benchmark.training.loop import Log, Progress, fit, summary
from benchmark.training.models import Model
from benchmark.training.pictures import Pairs, rendered
from benchmark.training.recipe import Contrastive
from benchmark.workspace import file_digest


def train(
    folder: Path, recipe: Contrastive, cache: Path, device: str, progress: Progress
) -> tuple[Path, Log]:
    """Learn the vocabulary and the model of `folder`; write both and return the weights' path.

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
        inherit(net, Model.trained(folder.parent / recipe.inherit, chosen).net)
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
        losses.cap(net.logit_scale)
        with torch.autocast(chosen.type, torch.bfloat16):
            pictures = model.pictures(batch.pixels)
            texts = model.texts(model.tokenize(batch.texts))
        fits, scale = batch.fits.to(chosen), net.logit_scale.exp()
        if recipe.loss == "sigmoid":
            loss = losses.sigmoid(texts, pictures, fits, scale, net.logit_bias)
        else:
            loss = losses.contrastive(texts, pictures, fits, scale)
        return loss + teachers.loss(batch, texts, pictures, scale) if teachers else loss

    others = [recipe.inherit] if recipe.inherit else []
    others += recipe.distillation.teachers if recipe.distillation else []
    own = [folder / RECIPE, folder / CONFIG, folder / vocabulary.FILES[0]]
    parts = [*map(file_digest, own), *(digest(folder.parent / one) for one in others)]
    kept = checkpoint.place(cache, folder.name, *parts)
    log = fit(learned, loss_at, recipe, kept, progress)
    model.keep()
    seen = {"parameters": count(net), "pairs": len(batches.rows)}
    more = {"pairs_seen": recipe.steps * recipe.batch, **summary(log, chosen)}
    return model.weights, {**seen, **more}


def _tokenizer(folder: Path, recipe: Contrastive, pairs: Pairs) -> None:
    if recipe.vocabulary:
        vocabulary.learn(vocabulary.texts_of(pairs, recipe.seed), recipe.vocabulary, folder)
        return
    vocabulary.copy(folder.parent / str(recipe.tokenizer), folder)
