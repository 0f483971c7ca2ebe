"""A router between heads and an expert for drawn pictures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import load as model_of
from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.submission import load as submission_of
from benchmark.training.scene_lessons import SEED
from benchmark.training.train import train
from tests.training.conftest import Make, heads, own_pictures, untrained
from tests.training.recipes.heads.small import more, refused

EXPERT = 'drawn = "open_clip_model.safetensors"\nrouter = "router.safetensors"\n'


def routed(make: Make, recipe: str) -> Path:
    """Heads with a tiny expert for drawn pictures beside them, and a router to learn."""
    folder = more(heads(make), recipe)
    expert = untrained(make("expert"))
    for name in ("open_clip_config.json", "open_clip_model.safetensors", "tokenizer.json",
                 "tokenizer_config.json"):  # fmt: skip
        shutil.copy(expert / name, folder / name)
    path = folder / "submission.toml"
    path.write_text(path.read_text() + EXPERT)
    return folder


def test_a_router_is_learned_and_the_adapter_sends_pictures_by_it(make: Make, cache: Path) -> None:
    scenes = "[drawn]\nscenes = 10\n"
    folder = routed(make, "soup = 2\n" + scenes)
    stages: list[str] = []
    train(folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder))
    named = ["looking", "drawing", "training heads 1", "training heads 2"]
    assert list(dict.fromkeys(stages)) == named
    log = json.loads((folder / "training.json").read_text())
    assert log["scenes"] == 10 and 0 <= log["routed_right"] <= 1
    assert set(load_file(folder / "router.safetensors")) == {"line.weight", "line.bias"}
    model: Any = model_of(folder, submission_of(folder).own_model, None, "cpu")
    drawn = training_pair(3, SEED)[0]
    painting = Image.open(sorted((folder.parents[1] / "pictures").iterdir())[0])
    seen = model.encode_images([drawn, painting])
    assert seen.shape == (2, 512 + 32)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-4)
    ours, theirs = (np.linalg.norm(part, axis=1) for part in np.split(seen, [512], 1))
    assert theirs[0] > ours[0] and ours[1] > theirs[1]


def test_a_router_needs_scenes_to_learn_from(make: Make, cache: Path) -> None:
    folder = routed(make, "")
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{folder / 'recipe.toml'}: drawn: missing; say how many scenes the router learns from"
    )
