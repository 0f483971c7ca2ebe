"""Heads between the pretrained encoders of packages, learned from paintings and drawn scenes.

Both encoders stay frozen at first, so that what they make of pictures and texts is worked out
once. Learned is a contrast of captions, lines of the catalogue and requests for what was seen
(UniCL, Yang et al. 2022), with ImageNet's classes as anchors. Then the image encoder's last stages
may learn with the heads: probing first keeps what they know (Kumar et al. 2022).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from benchmark.submission_files import MANIFEST
from benchmark.submission_files import RECIPE as FILE
from benchmark.tables import Table
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Described, Steps
from benchmark.workspace import Workspace, file_digest

if TYPE_CHECKING:
    from torch import Tensor

    from benchmark.adapters.pretrained import Pretrained
    from benchmark.training.described_paintings import DescribedPaintings
    from benchmark.training.joining import Joining
    from benchmark.training.painting_lessons import Batch
    from benchmark.training.painting_trial import PaintingTrial


class Scenes(Table):
    """Drawn scenes: what a router tells from paintings, and what heads may learn from too."""

    scenes: int = Field(ge=2, description="rendered pictures, none of them a gallery scene")
    share: float = Field(0, ge=0, lt=1, description="of all steps, for heads to learn from them")
    captions: float = Field(0, ge=0, le=1, description="share of these steps with captions")


class HeadsRecipe(Described):
    """Heads between the pretrained encoders of packages, learned from annotated paintings."""

    anchors: float = Field(0, ge=0, description="weight of ImageNet's classes as anchors")
    drawn: Scenes | None = Field(None, description="a table: drawn scenes to learn from as well")
    tuning: Steps | None = Field(None, description="a table: how the last stages learn after that")


def _check(job: Job, recipe: HeadsRecipe) -> None:
    from benchmark.errors import BadInput
    from benchmark.pretrained.packages import checked
    from benchmark.training import preflight

    table = _table(job)
    for package in table.packages.values():
        checked(package)
    preflight.held_out(job, "dev", recipe, len(_described(job).paintings), recipe.batch)
    if (table.tuned is None) != (recipe.tuning is None):
        problem = "goes with [tuning] of the recipe, and only with it"
        raise BadInput(f"{job.folder / MANIFEST}: model.tuned", problem, "set both or none")
    if table.router is not None and recipe.drawn is None:
        raise BadInput(job.where("drawn"), "missing", "say how many scenes the router learns from")


def _train(job: Job, recipe: HeadsRecipe) -> tuple[Path, Log]:
    """Writes the heads that the manifest names, and the tuned stages if it names them."""
    import numpy as np
    import torch

    from benchmark.adapters.pretrained import sentence_encoder
    from benchmark.devices import count
    from benchmark.pretrained import efficientnet
    from benchmark.training import checkpoint
    from benchmark.training.encoded_worlds import features_of, of_paintings, of_scenes
    from benchmark.training.joining import Joining, Reduction, Tuned
    from benchmark.training.loop import fit, summary
    from benchmark.training.optimiser import adamw
    from benchmark.training.painting_trial import PaintingTrial
    from benchmark.training.routing import routing
    from benchmark.training.soup import soup
    from benchmark.training.weights_file import save_weights

    table, described = _table(job), _described(job)
    assert table.heads is not None
    encode, network = sentence_encoder(table.text), efficientnet.network()
    held_out, rows = described.parts(recipe.dev, recipe.seed)
    worlds = [of_paintings(described, rows, recipe, encode, network, table.side, job)]
    if recipe.drawn is not None:
        worlds.append(of_scenes(recipe.drawn, encode, network, table.side, job))
    taught = worlds if recipe.drawn and recipe.drawn.share else worlds[:1]
    reduction = Reduction(np.concatenate([world.to_learn() for world in taught]))
    tables = [reduction(world.features) for world in worlds]
    names = torch.from_numpy(encode(efficientnet.classes()))
    torch.manual_seed(recipe.seed)
    learned = Joining(len(reduction.axes), encode.width, recipe.hidden, recipe.dropout)

    def batch_at(seed: list[int], size: int) -> tuple[int, Batch]:
        rng = np.random.default_rng(seed)
        torch.manual_seed(int(rng.integers(2**31)))
        at = int(recipe.drawn is not None and rng.random() < recipe.drawn.share)
        return at, worlds[at].lesson(size, rng)

    def learn(some: Joining, run: int) -> Log:
        def loss_at(step: int) -> Tensor:
            at, batch = batch_at([recipe.seed, run, step], recipe.batch)
            seen = tables[at][batch.rows]
            loss: Tensor = some(seen, batch.sentences, batch.fits)
            if recipe.anchors and not at:
                likely = torch.from_numpy(worlds[at].likely(batch.rows))
                loss = loss + recipe.anchors * some.anchored(seen, names, likely)
            return loss

        stage = "training heads" if recipe.soup == 1 else f"training heads {run + 1}"
        return fit(some, loss_at, recipe, kept(f"heads {run}"), job.progress, stage, adamw)

    parts = [file_digest(job.folder / FILE), *(one.digest for one in worlds)]
    kept = partial(checkpoint.place, job.cache, job.folder.name, table.model_dump_json(), *parts)
    learned, log = soup(learned, recipe.soup, learn)
    report: Log = {
        "paintings": len(rows),
        "scenes": recipe.drawn.scenes if recipe.drawn else 0,
        "texts": worlds[0].texts,
        **summary(log, torch.device("cpu")),
    }
    _, kept_back = described.requests(bool(recipe.dev))
    told_of = [described.paintings[row].seen for row in held_out]
    trial = PaintingTrial(kept_back, told_of, encode.languages)
    asked = torch.from_numpy(encode(trial.texts)) if trial.texts else None
    if recipe.dev:
        report["dev"] = {"paintings": recipe.dev, "requests": len(trial.texts)}
    if asked is not None:  # few paintings may answer none
        report["dev"]["ndcg@10"] = _found(trial, learned, asked, tables[0][held_out])
    if recipe.tuning is not None and table.tuned is not None:
        tuning, tuned = recipe.tuning, Tuned(network, reduction, learned)

        def tuned_at(step: int) -> Tensor:
            at, batch = batch_at([tuning.seed, recipe.soup, step], tuning.batch)
            seen = tuned.components(worlds[at].states, batch.rows.tolist())
            loss: Tensor = learned(seen, batch.sentences, batch.fits)
            return loss

        log = fit(tuned, tuned_at, tuning, kept("stages"), job.progress, "training stages", adamw)
        save_weights(tuned.stages, job.folder / table.tuned)
        report["tuning"] = {"parameters": count(tuned.stages), **summary(log, torch.device("cpu"))}
        if asked is not None:
            with torch.inference_mode():
                seen = tuned.components(worlds[0].states, held_out.tolist())
            report["tuning"]["dev"] = {"ndcg@10": _found(trial, learned, asked, seen)}
    if table.router is not None:
        if recipe.tuning is not None:  # features are others now
            tables = [reduction(features_of(network, world.states)) for world in worlds]
        router, report["routed_right"] = routing(reduction, *tables)
        save_weights(router, job.folder / table.router)
    heads = reduction.folded(learned.heads)
    save_weights(heads, job.folder / table.heads)
    return job.folder / table.heads, {"parameters": count(heads), **report}


def _found(trial: PaintingTrial, learned: Joining, asked: Tensor, seen: Tensor) -> float:
    """ndcg@10 of the heads as they stand."""
    import torch

    heads = learned.heads.eval()
    with torch.inference_mode():
        found = trial.found(heads.texts(asked).numpy(), heads.pictures(seen).numpy())
    learned.train()
    return found


def _table(job: Job) -> Pretrained:
    """The submission's [model] table. Raises BadInput where it has no heads to learn."""
    from benchmark.adapters.pretrained import Pretrained
    from benchmark.errors import BadInput
    from benchmark.submission import load

    table = load(job.folder, weights_to_come=True).model
    if not isinstance(table, Pretrained) or table.heads is None:
        remedy = 'adapter = "pretrained", and heads = "heads.safetensors"'
        raise BadInput(f"{job.folder / MANIFEST}: model", "has no heads to learn", remedy)
    return table


def _described(job: Job) -> DescribedPaintings:
    from benchmark.training.described_paintings import opened

    return opened(Workspace.find(job.folder).queries, job.pictures)


RECIPE = Recipe(table=HeadsRecipe, check=_check, train=_train, takes_pictures=True)
