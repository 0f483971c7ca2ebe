"""A submission's recipe.toml: everything its weights follow from."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from benchmark.errors import BadInput

RECIPE = "recipe.toml"


class Recipe(BaseModel):
    """Contrastive training of an open_clip model on rendered pairs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pairs: int = Field(ge=1, description="rendered pictures, each with captions in two languages")
    vocabulary: int = Field(ge=300, description="size of the byte-level BPE vocabulary")
    batch: int = Field(ge=2, description="pairs contrasted with one another in a step")
    steps: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    warm_up: int = Field(ge=0, description="steps of linear warm-up before the cosine decay")
    weight_decay: float = Field(ge=0)
    seed: int = 0


def load(folder: Path) -> Recipe:
    """Read `folder/recipe.toml`. Raises BadInput naming the field."""
    path = folder / RECIPE
    if not path.is_file():
        raise BadInput(path, "missing", "only submissions with a recipe can be trained here")
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(path, f"not valid TOML ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
