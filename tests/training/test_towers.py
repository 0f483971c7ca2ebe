from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.encoders.load import load
from benchmark.submission import load as load_submission
from benchmark.training import towers
from benchmark.training.train import train
from tests.training.conftest import Make

JOINED = Path(__file__).parent / "joined"
STEPS = {"picture_steps": 12, "text_steps": 12, "steps": 12}


@pytest.mark.slow
def test_towers_learn_apart_and_join_in_the_layout_the_encoder_reads(
    make: Make, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(towers, "_SEEN_OFTEN", 3)
    folder = make("bert-resnet", kind="towers", batch=16, **STEPS)
    for name in ("encoder.py", "submission.toml", "towers.json"):
        shutil.copy(JOINED / name, folder)
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
    model = load(folder, load_submission(folder), None, "cpu")
    texts = model.encode_texts(["a boat", "un bateau rouge dans la nuit"])  # type: ignore[union-attr]
    pictures = model.encode_images([Image.new("RGB", (90, 70), "navy")])  # type: ignore[union-attr]
    assert (texts.shape, pictures.shape) == ((2, 128), (1, 128))
    np.testing.assert_allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-5)
    sizes = model.parameters()  # type: ignore[union-attr]
    told = log["parameters"]
    assert sum(sizes.values()) == sum(told.values())
