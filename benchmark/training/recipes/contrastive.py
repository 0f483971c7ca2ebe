"""An open_clip model trained from nothing on rendered pairs, with teachers if it has any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from benchmark.submission_files import RECIPE as FILE
from benchmark.submission_files import digest
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Distillation, Rendered
from benchmark.workspace import file_digest

if TYPE_CHECKING:
    from torch import Tensor

    from benchmark.training.rendered_pairs import Pairs


class Contrastive(Rendered):
    """An open_clip model trained from nothing on rendered pairs, with or without a teacher."""

    vocabulary: int | None = Field(
        None, ge=300, description="tokens of a BPE learned from captions and synthetic queries"
    )
    tokenizer: str | None = Field(None, description="submission whose tokenizer is used instead")
    loss: Literal["clip", "sigmoid"] = Field(
        "clip", description="of CLIP, or of SigLIP (the config then has init_logit_bias)"
    )
    inherit: str | None = Field(None, description="submission the weights start from (TinyCLIP)")
    distillation: Distillation | None = Field(None, description="a table: what teachers teach")

    @model_validator(mode="after")
    def _whole(self) -> Contrastive:
        if (self.vocabulary is None) == (self.tokenizer is None):
            raise ValueError("name exactly one of vocabulary, tokenizer")
        return self


def _check(job: Job, recipe: Contrastive) -> None:
    from benchmark.errors import BadInput
    from benchmark.training import preflight, tokenizer

    config = preflight.drawn_for(job.folder)
    if recipe.vocabulary is not None:
        preflight.words(job, "vocabulary", recipe.vocabulary, config)
    else:
        home = job.folder.parent / str(recipe.tokenizer)
        preflight.words(job, "tokenizer", tokenizer.size(home), config)
    if recipe.inherit is not None:
        preflight.submission(job, "inherit", recipe.inherit)
    for name in recipe.distillation.teachers if recipe.distillation else []:
        preflight.drawn_for(preflight.submission(job, "distillation.teachers", name))
    net = preflight.net(job.folder)
    if recipe.loss == "sigmoid" and getattr(net, "logit_bias", None) is None:
        remedy = "set init_logit_bias in its config"
        raise BadInput(job.where("loss"), "the model has no bias", remedy)
    preflight.learnable(job, recipe)


def _train(job: Job, recipe: Contrastive) -> tuple[Path, Log]:
    import torch
    from torch import nn

    from benchmark.adapters.open_clip import CONFIG
    from benchmark.devices import count, pick
    from benchmark.training import checkpoint, losses, tokenizer
    from benchmark.training.batches import Batches
    from benchmark.training.distillation import Teachers
    from benchmark.training.inheritance import inherit
    from benchmark.training.loop import fit, summary
    from benchmark.training.models import Model
    from benchmark.training.rendered_pairs import rendered

    folder, cache, progress = job.folder, job.cache, job.progress
    pairs = rendered(recipe.pairs, recipe.seed, cache, lambda d, n: progress("drawing", d, n))
    _tokenizer(folder, recipe, pairs)
    torch.manual_seed(recipe.seed)
    chosen = pick(job.device)
    model = Model(folder, chosen)
    net = model.net
    if recipe.inherit:
        inherit(net, Model.trained(folder.parent / recipe.inherit, chosen).net)
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
    own = [folder / FILE, folder / CONFIG, folder / tokenizer.FILES[0]]
    parts = [*map(file_digest, own), *(digest(folder.parent / one) for one in others)]
    kept = checkpoint.place(cache, folder.name, *parts)
    log = fit(learned, loss_at, recipe, kept, progress)
    model.save()
    seen = {"parameters": count(net), "pairs": len(batches.rows)}
    more = {"pairs_seen": recipe.steps * recipe.batch, **summary(log, chosen)}
    return model.weights, {**seen, **more}


def _tokenizer(folder: Path, recipe: Contrastive, pairs: Pairs) -> None:
    from benchmark.byte_pairs import learn
    from benchmark.training import tokenizer

    if recipe.vocabulary:
        learn(tokenizer.texts_of(pairs, recipe.seed), recipe.vocabulary, folder)
        return
    tokenizer.copy(folder.parent / str(recipe.tokenizer), folder)


RECIPE = Recipe(table=Contrastive, check=_check, train=_train)
