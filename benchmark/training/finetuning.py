"""Fine-tuning on a few hundred pairs: projections, last blocks, or low-rank parts.

After studies that adapt CLIP to a small domain: what is tuned, top-1 accuracy on train,
validation and test, and what is forgotten of everything else.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torchvision.transforms import v2

from benchmark.adapters.open_clip import CONFIG
from benchmark.devices import count, pick
from benchmark.errors import BadInput
from benchmark.submission import load as load_submission
from benchmark.submission_files import MANIFEST, RECIPE
from benchmark.training import checkpoint, examples, lora, losses, vocabulary
from benchmark.training.accuracy import accuracies
from benchmark.training.examples import Examples
from benchmark.training.freezing import choose
from benchmark.training.interpolation import mixed
from benchmark.training.loop import Log, Progress, fit, summary
from benchmark.training.models import Model
from benchmark.training.pictures import Facts
from benchmark.training.recipe import FineTuning
from benchmark.training.retrieval import Trial, told
from benchmark.training.tags import TagTable
from benchmark.training.wishes import wish
from benchmark.workspace import file_digest, replacing


def train(
    folder: Path,
    recipe: FineTuning,
    cache: Path,
    device: str,
    progress: Progress,
    pictures: Path | None = None,
) -> tuple[Path, Log]:
    """Tune the base of `folder`, write its weights and return their path.

    `pictures` is an ImageFolder to learn from instead of the domain. Raises BadInput, and
    FloatingPointError with the step when the loss is no longer a number.
    """
    model, base = _start(folder, device)
    others: Examples | None = None
    trial: Trial | None = None
    if pictures is not None:
        if recipe.wishes:
            where = f"{folder / RECIPE}: wishes"
            raise BadInput(where, "nothing is known of a folder's pictures to wish", "leave it out")
        ours = examples.of_folder(pictures, model.side, cache)
    elif recipe.domain:
        ours, others, trial = examples.of_domain(
            recipe.domain, recipe.pairs, model.side, cache, lambda d, n: progress("drawing", d, n)
        )
        if len(ours.captions) < recipe.pairs:
            where = f"{folder / RECIPE}: pairs"
            found = f"{len(ours.captions)} of the scenes drawn are of this domain"
            raise BadInput(where, found, "ask for no more, or for a wider domain")
    else:
        where = f"{folder / RECIPE}: domain"
        raise BadInput(where, "empty", "name tags, or give --folder PATH with pictures of your own")
    parts = examples.split(len(ours.captions), recipe.seed)
    before = accuracies(model, ours, parts, others)
    found_before = trial.found(model) if trial else {}

    torch.manual_seed(recipe.seed)
    start = {name: value.clone() for name, value in model.net.state_dict().items()}
    learning = choose(model.net, recipe)
    parts_of = [folder / RECIPE, base, *([pictures / "metadata.jsonl"] if pictures else [])]
    kept = checkpoint.place(cache, folder.name, *map(file_digest, parts_of))
    log = fit(model.net, _Lesson(model, ours, parts["train"], recipe), recipe, kept, progress)
    lora.merge(model.net)
    share = mixed(model, start, ours, parts["validation"], recipe.interpolate)
    model.keep()
    return model.weights, {
        "parameters": count(model.net),
        "parameters_tuned": learning,
        "pairs": {name: len(rows) for name, rows in parts.items()},
        "share_of_tuned_weights": share,
        "top_1_before": before,
        "top_1_after": accuracies(model, ours, parts, others),
        **({"trial": trial.sizes(), **told(found_before, trial.found(model))} if trial else {}),
        **summary(log, model.device),
    }


class _Lesson:
    """The loss of a step over the training part: captions or wishes, in views by chance."""

    def __init__(self, model: Model, ours: Examples, rows: list[int], recipe: FineTuning) -> None:
        self._model, self._recipe, self._part = model, recipe, ours.of(rows)
        self._told = [_unsided(one) if recipe.augment else one for one in self._part.facts]
        self._table = TagTable(self._part.facts)
        crop = v2.RandomResizedCrop(model.side, scale=(0.8, 1.0), ratio=(1.0, 1.0))
        colour = v2.ColorJitter(0.2, 0.2, 0.2)
        self._mirrored = v2.Compose([crop, v2.RandomHorizontalFlip(), colour])
        self._upright = v2.Compose([crop, colour])

    def __call__(self, step: int) -> Tensor:
        rng = np.random.default_rng([self._recipe.seed, step])
        torch.manual_seed(int(rng.integers(2**31)))
        size = min(self._recipe.batch, len(self._part.captions))
        rows = rng.choice(len(self._part.captions), size, replace=False)
        part = self._part.of(rows.tolist())
        pixels = part.pixels()
        asking = rng.random() < self._recipe.wishes
        if self._recipe.augment:  # a drawn picture's caption may name left and right
            view = self._upright if part.facts and not asking else self._mirrored
            pixels = torch.stack([view(one) for one in pixels])
        if asking:
            chance = Random(int(rng.integers(2**32)))
            wishes = [wish(self._told[row], chance.randrange(2), chance) for row in rows]
            texts = [one.text for one in wishes]
            fits = self._table.fitting(rows, [(one.needs, one.bars) for one in wishes])
        else:
            texts = [one[int(rng.integers(len(one)))] for one in part.captions]
            fits = np.eye(size, dtype=bool)
        model, scale = self._model, self._model.net.logit_scale
        losses.cap(scale)
        said, seen = model.texts(model.tokenize(texts)), model.pictures(pixels)
        known = torch.from_numpy(fits).float().to(model.device)
        return losses.contrastive(said, seen, known, scale.exp())


def _unsided(facts: Facts) -> Facts:
    """The facts that hold in a mirror as well."""
    return {**facts, "relations": [one for one in facts["relations"] if one[1] != "left of"]}


def _start(folder: Path, device: str) -> tuple[Model, Path]:
    """The model to tune, holding its base's config, tokenizer and weights; and where those lie."""
    name = load_submission(folder, weights_to_come=True).base
    if name is None:
        raise BadInput(f"{folder / MANIFEST}: base", "missing", "name what is fine-tuned")
    home, chosen = folder.parent / name, pick(device)
    base = Model.trained(home, chosen)
    vocabulary.copy(home, folder)
    with replacing(folder / CONFIG) as temporary:
        shutil.copyfile(home / CONFIG, temporary)
    model = Model(folder, chosen)
    model.net.load_state_dict(base.net.state_dict())
    model.net.eval()  # running means stay as they are: a few hundred pictures are too few
    return model, base.weights
