"""Heads between the pretrained encoders of packages, learned from annotated paintings.

Both encoders stay frozen, so that what they make of pictures and texts is worked out once. Learned
is a contrast of captions, lines of the catalogue and requests for what was seen (UniCL, Yang et
al. 2022), with ImageNet's classes as anchors.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from benchmark.submission_files import RECIPE as FILE
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Steps
from benchmark.workspace import Workspace, digest_of, file_digest

if TYPE_CHECKING:
    from PIL.Image import Image

    from benchmark.adapters.pretrained import Pretrained
    from benchmark.queries.museum.visual_concepts import Concept
    from benchmark.training.annotated_paintings import AnnotatedPainting
    from benchmark.training.painting_requests import Request


_PAINTINGS = "training-paintings"
"""Where what is learned from lies among the queries."""
_FIFTH = 5
"""One written request of so many is kept back where paintings are."""


class HeadsRecipe(Steps):
    """Heads between the pretrained encoders of packages, learned from annotated paintings."""

    captions: float = Field(ge=0, le=1, description="share of steps with captions")
    lines: float = Field(ge=0, le=1, description="share with titles, artists, styles and genres")
    requests: int = Field(256, ge=1, description="requests for what was seen, in each other step")
    anchors: float = Field(0, ge=0, description="weight of ImageNet's classes as anchors")
    dropout: float = Field(0.5, ge=0, lt=1, description="of the features' components")
    dev: int = Field(0, ge=0, description="paintings held out with some requests, to choose by")

    @model_validator(mode="after")
    def _shares(self) -> HeadsRecipe:
        if self.captions + self.lines > 1:
            raise ValueError("captions and lines are more than all steps together")
        return self


def _check(job: Job, recipe: HeadsRecipe) -> None:
    from benchmark.errors import BadInput
    from benchmark.pretrained.packages import checked

    for package in _table(job).packages.values():
        checked(package)
    if job.pictures is None:
        raise BadInput("--folder", "missing", "name the folder with the annotated paintings")
    concepts = _concepts(job)
    paintings = _paintings(job, concepts)
    _written(job, concepts, recipe)
    absent = [one.file for one in paintings if not (job.pictures / one.file).is_file()]
    if absent:
        problem = f"lacks {len(absent)} of {len(paintings)} pictures, such as {absent[0]}"
        raise BadInput(job.pictures, problem, "name the folder with the annotated paintings")
    if recipe.dev and len(paintings) - recipe.dev < recipe.batch:
        raise BadInput(job.where("dev"), f"leaves fewer than {recipe.batch}", "hold out fewer")


def _train(job: Job, recipe: HeadsRecipe) -> tuple[Path, Log]:
    """Writes the heads that the manifest names."""
    import numpy as np
    import torch
    from torch import Tensor

    from benchmark.adapters.pretrained import sentence_encoder
    from benchmark.devices import count
    from benchmark.pretrained import efficientnet
    from benchmark.pretrained.features import LIKELY
    from benchmark.training import checkpoint, painting_requests
    from benchmark.training.frozen_features import frozen_features
    from benchmark.training.joining import Joining, Reduction
    from benchmark.training.loop import fit, summary
    from benchmark.training.optimiser import adamw
    from benchmark.training.painting_texts import PaintingTexts
    from benchmark.training.painting_trial import PaintingTrial
    from benchmark.training.weights_file import save_weights

    table, home, concepts = _table(job), job.pictures, _concepts(job)
    paintings = _paintings(job, concepts)
    assert home is not None and table.heads is not None
    features = frozen_features(
        [file_digest(home / one.file) for one in paintings],
        lambda row: _picture(home / paintings[row].file),
        table.side,
        job.cache,
        lambda done, of: job.progress("looking", done, of),
    ).astype(np.float32)
    order = np.random.default_rng(recipe.seed).permutation(len(paintings))
    held_out, rows = order[: recipe.dev], np.sort(order[recipe.dev :])
    encode = sentence_encoder(table.text)
    ours = [paintings[row] for row in rows]
    written, kept_back = _written(job, concepts, recipe)
    named = painting_requests.by_name(concepts)
    pairs = painting_requests.of_two([one.seen for one in ours], concepts, recipe.seed)
    told = PaintingTexts(ours, [*written, *named, *pairs], encode.languages)
    sentences = torch.from_numpy(encode(told.texts))
    names = torch.from_numpy(encode(efficientnet.classes()))
    reduction = Reduction(features[rows])
    components = reduction(features[rows])
    likely = torch.from_numpy(features[rows][:, LIKELY])
    torch.manual_seed(recipe.seed)
    learned = Joining(len(reduction.axes), encode.width, recipe.dropout)

    def loss_at(step: int) -> Tensor:
        rng = np.random.default_rng([recipe.seed, step])
        torch.manual_seed(int(rng.integers(2**31)))
        some = rng.choice(len(rows), min(recipe.batch, len(rows)), replace=False)
        texts, fits = told.batch(some, recipe.captions, recipe.lines, recipe.requests, rng)
        loss: Tensor = learned(components[some], sentences[texts], torch.from_numpy(fits))
        if recipe.anchors:
            loss = loss + recipe.anchors * learned.anchored(components[some], names, likely[some])
        return loss

    kept = checkpoint.place(job.cache, job.folder.name, file_digest(job.folder / FILE),
                            digest_of(*told.texts), table.model_dump_json())  # fmt: skip
    log = fit(learned, loss_at, recipe, kept, job.progress, by=adamw)
    heads = reduction.folded(learned.heads)
    save_weights(heads, job.folder / table.heads)
    report: Log = {"parameters": count(heads), "paintings": len(rows), "texts": len(told.texts)}
    if recipe.dev:
        told_of = [paintings[row].seen for row in held_out]
        trial = PaintingTrial(kept_back, told_of, encode.languages)
        report["dev"] = {"paintings": recipe.dev, "requests": len(trial.texts)}
        if trial.texts:  # few paintings may answer none
            with torch.inference_mode():
                asked = heads.texts(torch.from_numpy(encode(trial.texts))).numpy()
                seen = heads.pictures(torch.from_numpy(features[held_out])).numpy()
            report["dev"]["ndcg@10"] = trial.found(asked, seen)
    return job.folder / table.heads, {**report, **summary(log, torch.device("cpu"))}


def _table(job: Job) -> Pretrained:
    """The submission's [model] table. Raises BadInput where it has no heads to learn."""
    from benchmark.adapters.pretrained import Pretrained
    from benchmark.errors import BadInput
    from benchmark.submission import load
    from benchmark.submission_files import MANIFEST

    table = load(job.folder, weights_to_come=True).model
    if not isinstance(table, Pretrained) or table.heads is None:
        remedy = 'adapter = "pretrained", and heads = "heads.safetensors"'
        raise BadInput(f"{job.folder / MANIFEST}: model", "has no heads to learn", remedy)
    return table


def _concepts(job: Job) -> dict[str, Concept]:
    from benchmark.queries.museum import visual_concepts

    queries = Workspace.find(job.folder).queries
    return visual_concepts.read(queries / "museum-core" / visual_concepts.CSV)


def _paintings(job: Job, concepts: dict[str, Concept]) -> list[AnnotatedPainting]:
    from benchmark.training import annotated_paintings

    queries = Workspace.find(job.folder).queries
    return annotated_paintings.read(queries / _PAINTINGS / annotated_paintings.NAME, concepts)


def _picture(path: Path) -> Image:
    """As the harness would show it. Raises BadInput where it cannot be read."""
    from benchmark.collections.decoding import decoded
    from benchmark.errors import BadInput

    try:
        return decoded(path.read_bytes())
    except Exception as error:  # Pillow raises nearly anything on a broken picture
        problem = f"cannot be read as a picture ({type(error).__name__})"
        raise BadInput(path, problem, "replace it") from None


def _written(
    job: Job, concepts: dict[str, Concept], recipe: HeadsRecipe
) -> tuple[list[Request], list[Request]]:
    """Requests that were written for training; and those of them kept back, to choose by."""
    from benchmark.training import painting_requests

    queries = Workspace.find(job.folder).queries
    every = painting_requests.read(queries / _PAINTINGS / painting_requests.NAME, concepts)
    if not recipe.dev:
        return every, []
    return [one for at, one in enumerate(every) if at % _FIFTH], every[::_FIFTH]


RECIPE = Recipe(table=HeadsRecipe, check=_check, train=_train, takes_pictures=True)
