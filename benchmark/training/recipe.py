"""A submission's recipe.toml: everything its weights follow from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from benchmark.errors import BadInput
from benchmark.submission_files import RECIPE


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Steps(_Table):
    """How long and how fast a model learns."""

    batch: int = Field(ge=2, description="pictures contrasted with one another in a step")
    steps: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    warm_up: int = Field(ge=0, description="steps of linear warm-up before the cosine decay")
    weight_decay: float = Field(ge=0)
    seed: int = 0


class Rendered(Steps):
    """What a model sees that learns from nothing: pictures of the atelier, with texts."""

    pairs: int = Field(ge=1, description="rendered pictures, none of them a gallery scene")
    without: list[str] = Field([], description="beginnings of tags no picture may have")
    captions: float = Field(ge=0, le=1, description="share of batches with captions, not wishes")
    wishes: int = Field(1, ge=1, description="made of each picture in the other batches")


class Distillation(_Table):
    """What a student copies of its teachers, and how much each counts; 0 switches one off."""

    teachers: list[str] = Field(min_length=1, description="submissions; several: an ensemble")
    feature: float = Field(0, ge=0, description="mimicry of features (CLIP-KD)")
    affinity: float = Field(0, ge=0, description="mimicry of similarities (TinyCLIP, MobileCLIP)")
    interactive: float = Field(0, ge=0, description="contrast with the teacher's side (CLIP-KD)")


class Contrastive(Rendered):
    """An open_clip model trained from nothing on rendered pairs, with or without a teacher."""

    kind: Literal["contrastive"]
    vocabulary: int | None = Field(None, ge=300, description="size of a BPE of captions and wishes")
    tokenizer: str | None = Field(None, description="submission whose tokenizer is used instead")
    loss: Literal["clip", "sigmoid"] = "clip"
    inherit: str | None = Field(None, description="submission the weights start from (TinyCLIP)")
    distillation: Distillation | None = None

    @model_validator(mode="after")
    def _whole(self) -> Contrastive:
        if (self.vocabulary is None) == (self.tokenizer is None):
            raise ValueError("name exactly one of vocabulary, tokenizer")
        return self


class Towers(Rendered):
    """A ResNet that learns tags and a BERT that learns to fill gaps, joined by projections."""

    kind: Literal["towers"]
    vocabulary: int = Field(ge=300, description="size of a BPE of captions and wishes")
    picture_steps: int = Field(ge=1, description="steps of the ResNet on tags")
    text_steps: int = Field(ge=1, description="steps of the BERT on masked captions")


class FineTuning(Steps):
    """A trained submission taught a little more: some of its weights, on a few hundred pairs."""

    kind: Literal["fine-tuning"]
    tune: Literal["projections", "last blocks", "lora"]
    domain: list[str] = Field([], description="beginnings of tags; every rendered picture has one")
    pairs: int = Field(300, ge=20, description="rendered pairs, split 70/15/15")
    wishes: float = Field(0, ge=0, le=1, description="share of steps with wishes, not captions")
    augment: bool = Field(False, description="flip, crop and colour")
    rank: int = Field(4, ge=1, description="of LoRA's matrices")
    interpolate: list[float] = Field(
        [1.0], min_length=1, description="WiSE-FT: shares of the tuned weights to choose from"
    )


class Int8(_Table):
    """A trained open_clip submission as ONNX graphs in 8 bits."""

    kind: Literal["int8"]
    pairs: int = Field(ge=1, description="rendered pictures that ranges are found on")
    seed: int = 0


Recipe = Annotated[Contrastive | Towers | FineTuning | Int8, Field(discriminator="kind")]
_KINDS = ("contrastive", "towers", "fine-tuning", "int8")
_RECIPE: TypeAdapter[Recipe] = TypeAdapter(Recipe)


def load(folder: Path) -> Recipe:
    """Read `folder/recipe.toml`. Raises BadInput naming the field."""
    path = folder / RECIPE
    if not path.is_file():
        raise BadInput(path, "missing", "only submissions with a recipe can be trained here")
    try:
        return _RECIPE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(path, f"not valid TOML ({error})") from None
    except ValidationError as error:
        problems = error.errors()
        # A misspelt key is also a missing one: its own complaint says more.
        unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
        first = (unknown or problems)[0]
        # The kind of recipe stands in the location, but not in the file.
        field = ".".join(str(part) for part in first["loc"] if part not in _KINDS)
        problem = "unknown key" if unknown else first["msg"].removeprefix("Value error, ")
        remedy = "benchmark/training/recipe.py has every key" if unknown else ""
        raise BadInput(path, f"{field}: {problem}" if field else problem, remedy) from None
