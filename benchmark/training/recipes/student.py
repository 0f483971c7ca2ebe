"""A small dual encoder of two worlds: pruned encoders of packages, heads, an expert for drawings.

Its image encoder is EfficientNet-Lite0, its sentence encoder what is left of the multilingual one.
Both stay frozen under heads, which learn from annotated paintings as a teacher's do, and from the
teacher where one is named (CLIP-KD, Yang et al. 2024; TinyCLIP, Wu et al. 2023).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from benchmark.submission_files import RECIPE as FILE
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Described, Steps, Teaching
from benchmark.workspace import Workspace, file_digest

if TYPE_CHECKING:
    from PIL.Image import Image
    from torch import Tensor

    from benchmark.training.joining import Joining


class Reading(Steps):
    """How a sentence encoder too small for the package's layers learns to read as it does."""

    rank: int = Field(ge=8, le=512, description="numbers of a word piece")


class Student(Described):
    """Pruned encoders of packages joined by heads, as ONNX graphs in 8 bits."""

    expert: str = Field(description="submission of kind open_clip that drawn pictures are sent to")
    scenes: int = Field(1000, ge=2, description="drawn pictures that the router learns from")
    side: int = Field(192, ge=64, le=640, description="pictures are squashed to side x side pixels")
    stages: int = Field(7, ge=1, le=7, description="of EfficientNet-Lite0")
    pieces: int = Field(ge=200, description="word pieces that are kept")
    reading: Reading | None = Field(None, description="a table; left out: the package's own layers")
    distillation: Teaching | None = Field(None, description="a table: what a teacher teaches")


def _check(job: Job, recipe: Student) -> None:
    from benchmark.adapters.onnx import Onnx
    from benchmark.errors import BadInput
    from benchmark.pretrained.packages import EFFICIENTNET_LITE0, USE, checked
    from benchmark.submission import load
    from benchmark.submission_files import MANIFEST
    from benchmark.training import described_paintings, preflight
    from benchmark.training.students import teaching

    for package in (USE, EFFICIENTNET_LITE0):
        checked(package)
    table = load(job.folder, weights_to_come=True).model
    if not isinstance(table, Onnx) or table.drawn is None:
        remedy = 'adapter = "onnx", and drawn = "drawn"'
        raise BadInput(f"{job.folder / MANIFEST}: model", "has no expert for drawings", remedy)
    preflight.submission(job, "expert", recipe.expert)
    if recipe.distillation is not None:
        folder = job.folder.parent / recipe.distillation.teacher
        teaching.table(folder, job.where("distillation.teacher"))
    described = described_paintings.opened(Workspace.find(job.folder).queries, job.pictures)
    preflight.held_out(job, "dev", recipe, len(described.paintings), recipe.batch)


def _train(job: Job, recipe: Student) -> tuple[Path, Log]:
    """Writes both graphs, and those of the expert in a folder of their own."""
    import numpy as np
    import torch

    from benchmark.adapters.onnx import PICTURES, Onnx
    from benchmark.collections.atelier.training_scenes import training_pair
    from benchmark.devices import count
    from benchmark.pretrained.sentences import Multilingual
    from benchmark.submission import load
    from benchmark.training import checkpoint, described_paintings
    from benchmark.training.joining import Joining, Reduction
    from benchmark.training.loop import fit, summary
    from benchmark.training.optimiser import adamw
    from benchmark.training.painting_lessons import PaintingLessons
    from benchmark.training.painting_trial import PaintingTrial
    from benchmark.training.quantisation import of_submission
    from benchmark.training.rendered_pairs import renderer
    from benchmark.training.routing import routing
    from benchmark.training.scene_lessons import SEED
    from benchmark.training.soup import soup
    from benchmark.training.students import onnx_graphs, reading
    from benchmark.training.students.sight import Sight, views
    from benchmark.training.students.teaching import Teacher, taught

    table = load(job.folder, weights_to_come=True).model
    assert isinstance(table, Onnx) and table.drawn is not None
    described = described_paintings.opened(Workspace.find(job.folder).queries, job.pictures)
    held_out, rows = described.parts(recipe.dev, recipe.seed)
    told = described.texts(rows, bool(recipe.dev), recipe.seed, Multilingual.languages)
    whole = Multilingual()
    kept = partial(checkpoint.place, job.cache, job.folder.name, file_digest(job.folder / FILE))
    torch.manual_seed(recipe.seed)
    words, encoder, log = reading.small(recipe, told, whole, kept("reading"), job)
    report: Log = {"paintings": len(rows), "texts": len(told.texts)}
    if log is not None:
        report["reading"] = summary(log, torch.device("cpu"))

    sight = Sight(recipe.stages).eval()
    keys = [file_digest(described.folder / one.file) for one in described.paintings]
    scenes = [f"{renderer()}-{SEED}-{index}" for index in range(recipe.scenes)]

    def drawing(row: int) -> Image:
        return training_pair(row, SEED)[0]

    looked, drew = partial(job.progress, "looking"), partial(job.progress, "drawing")
    ours = views(sight, keys, described.picture, recipe.side, job.cache, looked)
    theirs = views(sight, scenes, drawing, recipe.side, job.cache, drew)
    reduction = Reduction(ours[[*rows, *(rows + len(keys))]])
    components = reduction(ours)

    read = partial(reading.read, encoder, words.tokenizer())
    sentences = read(told.texts)
    teacher, by = None, recipe.distillation
    if by is not None:
        teacher = Teacher(job.folder.parent / by.teacher, described, job)
        sentences = np.concatenate([sentences, teacher.texts(whole(told.texts))], 1)
    shares = (recipe.captions, recipe.lines)
    lesson = PaintingLessons(
        told, torch.from_numpy(sentences), rows, len(keys), shares, recipe.requests
    )
    learned = Joining(len(reduction.axes), whole.width, recipe.hidden, recipe.dropout)

    def learn(some: Joining, run: int) -> Log:
        def loss_at(step: int) -> Tensor:
            rng = np.random.default_rng([recipe.seed, run, step])
            torch.manual_seed(int(rng.integers(2**31)))
            batch = lesson(recipe.batch, rng)
            seen = components[batch.rows]
            if teacher is not None and by is not None:
                return taught(some, seen, batch, teacher, by)
            loss: Tensor = some(seen, batch.sentences, batch.fits)
            return loss

        stage = f"training heads {run + 1}"
        return fit(some, loss_at, recipe, kept(f"heads {run}"), job.progress, stage, adamw)

    learned, log = soup(learned, recipe.soup, learn)
    router, right = routing(reduction, components, reduction(theirs))
    looks = onnx_graphs.Looks(sight, reduction.folded(learned.heads), router)
    reads = onnx_graphs.Reads(encoder, learned.heads.eval())

    onnx_graphs.write(looks, reads, words, recipe.side, job.folder)
    expert = job.folder / table.drawn
    expert.mkdir(exist_ok=True)
    of_submission(job.folder.parent / recipe.expert, recipe.scenes, recipe.seed, job, expert)

    _, kept_back = described.requests(bool(recipe.dev))
    told_of = [described.paintings[row].seen for row in held_out]
    trial = PaintingTrial(kept_back, told_of, whole.languages)
    if trial.texts:
        heads = learned.heads.eval()
        with torch.inference_mode():
            requests = heads.texts(torch.from_numpy(read(trial.texts))).numpy()
            found = trial.found(requests, heads.pictures(components[held_out]).numpy())
        report["dev"] = {"paintings": recipe.dev, "requests": len(trial.texts), "ndcg@10": found}
    report |= {"parameters": count(looks) + count(reads) - count(learned.heads)}
    return job.folder / PICTURES, {
        **report,
        "routed_right": right,
        **summary(log, torch.device("cpu")),
    }


RECIPE = Recipe(table=Student, check=_check, train=_train, takes_pictures=True)
