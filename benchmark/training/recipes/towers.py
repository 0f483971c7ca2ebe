"""A ResNet that learns tags and a BERT that learns to fill gaps, joined by projections.

As in the two-tower systems before CLIP: the image encoder learns to name what is there (tags),
the text encoder learns the language (masked tokens, Devlin et al. 2019), neither sees the other;
then both are frozen and two projections learn to bring pairs together. They are written in the
layouts of timm and transformers, so that encoders of the hub can take their place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError, field_validator

from benchmark.submission_files import RECIPE as FILE
from benchmark.tables import Table
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Rendered
from benchmark.workspace import file_digest

if TYPE_CHECKING:
    from torch import nn

    from benchmark.training.pretraining import Loss

TOWERS = "towers.json"
"""What the submission's encoder reads: timm's name, the side of pictures, the joint width."""


class Towers(Rendered):
    """A ResNet that learns tags and a BERT that learns to fill gaps, joined by projections."""

    vocabulary: int = Field(
        ge=300, description="tokens of a BPE learned from captions and synthetic queries"
    )
    picture_steps: int = Field(ge=1, description="steps of the ResNet on tags")
    text_steps: int = Field(ge=1, description="steps of the BERT on masked captions")


class Shape(Table):
    """towers.json."""

    image: str = Field(description="timm's name of the image encoder")
    side: int = Field(description="of pictures, in pixels")
    width: int = Field(ge=1, description="of the embeddings")
    text: dict[str, int | float | str] = Field(description="keys of transformers' BertConfig")

    @field_validator("text")
    @classmethod
    def _as_long(cls, text: dict[str, int | float | str]) -> dict[str, int | float | str]:
        if type(text.get("max_position_embeddings")) is not int:
            raise ValueError("max_position_embeddings: is no whole number")
        return text

    @property
    def length(self) -> int:
        """Tokens that the text encoder reads at most."""
        return int(self.text["max_position_embeddings"])


def shape(folder: Path) -> Shape:
    """Read towers.json. Raises BadInput naming the field."""
    from benchmark.errors import BadInput
    from benchmark.parsing import json_table

    try:
        return Shape.model_validate(json_table(folder / TOWERS))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        problem = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"{folder / TOWERS}: {field}", problem, "mend it") from None


def _check(job: Job, recipe: Towers) -> None:
    from benchmark.submission import load
    from benchmark.training import preflight, pretraining
    from benchmark.training.rendered_pairs import check_side

    load(job.folder, weights_to_come=True)
    wanted = shape(job.folder)
    check_side(wanted.side, f"{job.folder / TOWERS}: side")
    pretraining.image_encoder(wanted.image, f"{job.folder / TOWERS}: image")
    where = f"{job.folder / TOWERS}: text"
    pretraining.text_encoder(wanted.text, recipe.vocabulary, 0, where)
    preflight.learnable(job, recipe)


def _train(job: Job, recipe: Towers) -> tuple[Path, Log]:
    """Writes image.safetensors (timm), text/ (transformers) and projections.safetensors."""
    import torch
    from torch import nn

    from benchmark import byte_pairs
    from benchmark.devices import count, pick
    from benchmark.training import checkpoint, pretraining, tokenizer
    from benchmark.training.batches import Batches
    from benchmark.training.loop import fit, summary
    from benchmark.training.rendered_pairs import rendered
    from benchmark.training.weights_file import save_weights

    folder, home, wanted = job.folder, job.folder / "text", shape(job.folder)
    pairs = rendered(
        recipe.pairs, recipe.seed, job.cache, lambda d, n: job.progress("drawing", d, n)
    )
    home.mkdir(exist_ok=True)
    said = tokenizer.texts_of(pairs, recipe.seed)
    byte_pairs.learn(said, recipe.vocabulary, home, mask=True)
    chosen = pick(job.device)
    words = pretraining.Words(home, wanted.length, chosen)
    batches = Batches(pairs, recipe, wanted.side)
    torch.manual_seed(recipe.seed)
    own = [file_digest(folder / FILE), file_digest(folder / TOWERS)]
    logs: dict[str, Log] = {}

    def learn(module: nn.Module, loss: Loss, steps: int, stage: str) -> None:
        short = recipe.model_copy(update={"steps": steps})
        kept = checkpoint.place(job.cache, folder.name, stage, *own)
        told = f"training {stage}"
        logs[stage] = fit(module.to(chosen), loss, short, kept, job.progress, told)

    trunk: Any = pretraining.image_encoder(wanted.image, TOWERS)
    namer, naming = pretraining.naming(trunk, batches, chosen)
    learn(namer, naming, recipe.picture_steps, "pictures")
    filler = pretraining.text_encoder(wanted.text, words.count, words.pad, TOWERS)
    filling = pretraining.filling(filler, words, batches, recipe.seed)
    learn(filler, filling, recipe.text_steps, "texts")
    trunk.eval().requires_grad_(False)
    bert = filler.bert.eval().requires_grad_(False)
    torch.manual_seed(recipe.seed)  # whether or not the towers were learned in this call
    joints = nn.ModuleDict(
        {
            "pictures": nn.Linear(trunk.num_features, wanted.width),
            "texts": nn.Linear(bert.config.hidden_size, wanted.width),
        }
    )
    learn(joints, pretraining.joining(joints, trunk, bert, words, batches), recipe.steps,
          "projections")  # fmt: skip
    save_weights(trunk, folder / "image.safetensors")
    filler.config.save_pretrained(home)
    save_weights(bert, home / "model.safetensors")
    save_weights(joints, folder / "projections.safetensors")
    sizes = {"image": count(trunk), "text": count(bert), "projections": count(joints)}
    stages = {stage: summary(log, chosen) for stage, log in logs.items()}
    return folder / "projections.safetensors", {"parameters": sizes, **stages}


RECIPE = Recipe(table=Towers, check=_check, train=_train)
