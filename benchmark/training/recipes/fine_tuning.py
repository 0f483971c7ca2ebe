"""A trained submission taught a little more: projections, last blocks, or low-rank parts.

After studies that adapt CLIP to a small domain: what is tuned, what it gains there, and what is
forgotten of everything else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from benchmark.submission_files import RECIPE as FILE
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Paintings, Steps
from benchmark.workspace import Workspace, file_digest, replacing

if TYPE_CHECKING:
    from benchmark.training.models import Model


class FineTuning(Steps):
    """A trained submission taught a little more: some of its weights, on pairs or paintings."""

    tune: Literal["projections", "last blocks", "lora"] = Field(description="what learns")
    domain: list[str] = Field([], description="beginnings of tags; every rendered picture has one")
    pairs: int = Field(300, ge=20, description="rendered pairs, split 70/15/15")
    synthetic_queries: float = Field(
        0, ge=0, le=1, description="share of steps with synthetic queries, not captions"
    )
    paintings: Paintings | None = Field(
        None, description="a table: what is learned of annotated paintings, not of pairs"
    )
    augment: bool = Field(False, description="flip, crop and colour")
    rank: int = Field(4, ge=1, description="of LoRA's matrices")
    interpolate: list[Annotated[float, Field(ge=0, le=1)]] = Field(
        [1.0], min_length=1, description="WiSE-FT: shares of the tuned weights to choose from"
    )


def _check(job: Job, recipe: FineTuning) -> None:
    from benchmark.errors import BadInput
    from benchmark.training import examples, preflight
    from benchmark.training.models import described

    _, home = preflight.base(job, "fine-tuned")
    described(job.folder)
    if recipe.paintings is not None:
        _check_paintings(job, recipe, recipe.paintings)
        return
    if job.pictures is not None:
        if recipe.synthetic_queries:
            problem = "nothing is known of a folder's pictures to ask for"
            raise BadInput(job.where("synthetic_queries"), problem, "leave it out")
        examples.captions_of(job.pictures, job.cache)
        return
    if not recipe.domain:
        remedy = "name tags, or give --folder PATH with pictures of your own"
        raise BadInput(job.where("domain"), "empty", remedy)
    preflight.drawn_for(home)
    there = examples.scenes_of(recipe.domain)
    if there < recipe.pairs:
        problem = f"{there} of the scenes drawn are of this domain"
        raise BadInput(job.where("pairs"), problem, "ask for no more, or for a wider domain")
    preflight.room_for(job, examples.DRAWN, examples.SEED)


def _check_paintings(job: Job, recipe: FineTuning, told: Paintings) -> None:
    from benchmark.errors import BadInput
    from benchmark.training import examples, preflight
    from benchmark.training.described_paintings import opened

    if recipe.domain or recipe.synthetic_queries:
        wrong = "domain" if recipe.domain else "synthetic_queries"
        raise BadInput(job.where(wrong), "is of drawn pairs, not of [paintings]", "leave it out")
    if len(recipe.interpolate) > 1 and not told.dev:
        raise BadInput(job.where("paintings.dev"), "leaves nothing to choose a share by", "set it")
    _, home = preflight.base(job, "fine-tuned")
    preflight.drawn_for(home)
    described = opened(Workspace.find(job.folder).queries, job.pictures)
    count = len(described.paintings)
    preflight.held_out(job, "paintings.dev", told, count, recipe.batch)
    preflight.room_for(job, examples.DRAWN, examples.SEED)


def _train(job: Job, recipe: FineTuning) -> tuple[Path, Log]:
    import torch

    from benchmark.devices import count
    from benchmark.training import checkpoint, lora
    from benchmark.training.freezing import choose
    from benchmark.training.interpolation import mixed
    from benchmark.training.loop import fit, summary
    from benchmark.training.painting_course import PaintingCourse
    from benchmark.training.pair_course import PairCourse

    model, base = _start(job)
    course: PairCourse | PaintingCourse
    if recipe.paintings is not None:
        course = PaintingCourse(job, recipe, recipe.paintings, model)
    else:
        course = PairCourse(job, recipe, model)
    torch.manual_seed(recipe.seed)
    start = {name: value.clone() for name, value in model.net.state_dict().items()}
    learning = choose(model.net, recipe.tune, recipe.rank)
    made_of = [*map(file_digest, [job.folder / FILE, base]), *course.made_of]
    kept = checkpoint.place(job.cache, job.folder.name, *made_of)
    log = fit(model.net, course.loss_at, recipe, kept, job.progress)
    lora.merge(model.net)
    share = mixed(model, start, recipe.interpolate, course.worth)
    model.save()
    return model.weights, {
        "parameters": count(model.net),
        "parameters_tuned": learning,
        "share_of_tuned_weights": share,
        **course.told(),
        **summary(log, model.device),
    }


def _start(job: Job) -> tuple[Model, Path]:
    """The model to tune, holding its base's config, tokenizer and weights; and where those lie."""
    import shutil

    from benchmark.adapters.open_clip import CONFIG
    from benchmark.devices import pick
    from benchmark.training import preflight, tokenizer
    from benchmark.training.models import Model

    _, home = preflight.base(job, "fine-tuned")
    chosen = pick(job.device)
    base = Model.trained(home, chosen)
    tokenizer.copy(home, job.folder)
    with replacing(job.folder / CONFIG) as temporary:
        shutil.copyfile(home / CONFIG, temporary)
    model = Model(job.folder, chosen)
    model.net.load_state_dict(base.net.state_dict())
    model.net.eval()  # running means stay as they are: a few hundred pictures are too few
    return model, base.weights


RECIPE = Recipe(table=FineTuning, check=_check, train=_train, takes_pictures=True)
