from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import load
from benchmark.submission import load as load_submission
from benchmark.training.train import train
from tests.training.conftest import Make, quiet, towers

WEIGHTS = ("image.safetensors", "text/model.safetensors", "projections.safetensors")


@pytest.fixture
def folder(make: Make) -> Path:
    return towers(make, batch=16)


@pytest.mark.slow
def test_towers_learn_apart_and_join_in_the_layout_the_encoder_reads(
    folder: Path, drawn: Path
) -> None:
    stages: set[str] = set()
    train(folder, drawn, "cpu", lambda stage, done, of: stages.add(stage))
    assert {"training pictures", "training texts", "training projections"} <= stages
    log = json.loads((folder / "training.json").read_text())
    for stage in ("pictures", "texts"):
        curve = log[stage]["loss_every_1_steps"]
        assert np.mean(curve[-3:]) < np.mean(curve[:3])
    assert sorted(path.name for path in (folder / "text").iterdir()) == [
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
    ]  # fmt: skip
    model = load(folder, load_submission(folder).model, None, "cpu")
    texts = model.encode_texts(["a boat", "un bateau rouge dans la nuit"])  # type: ignore[union-attr]
    pictures = model.encode_images([Image.new("RGB", (90, 70), "navy")])  # type: ignore[union-attr]
    assert (texts.shape, pictures.shape) == ((2, 128), (1, 128))
    np.testing.assert_allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-5)
    sizes = model.parameters()  # type: ignore[union-attr]
    told = log["parameters"]
    assert sum(sizes.values()) == sum(told.values())
    assert not (drawn / "checkpoints" / "bert-resnet").exists()


@pytest.mark.slow
def test_towers_that_are_trained_are_not_trained_again(folder: Path, drawn: Path) -> None:
    def stop(stage: str, done: int, of: int) -> None:
        if stage == "training projections" and done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(folder, drawn, "cpu", stop)
    assert not (folder / "projections.safetensors").exists()
    stages: set[str] = set()
    train(folder, drawn, "cpu", lambda stage, done, of: stages.add(stage))
    assert "training projections" in stages
    assert not {"training pictures", "training texts"} & stages
    resumed = {name: load_file(folder / name) for name in WEIGHTS}
    train(folder, drawn, "cpu", quiet)  # and all of it again, at one go
    for name, values in resumed.items():
        for part, value in load_file(folder / name).items():
            torch.testing.assert_close(values[part], value, atol=1e-3, rtol=1e-3)
