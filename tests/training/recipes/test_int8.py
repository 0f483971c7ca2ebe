from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.adapters import count, load
from benchmark.submission import load as load_submission
from benchmark.training.train import train
from tests.training.conftest import ONNX, Make, quiet


@pytest.mark.slow
def test_the_twin_in_8_bits_sees_nearly_what_the_student_sees(make: Make, drawn: Path) -> None:
    small = make("small", steps=30)
    train(small, drawn, "cpu", quiet)
    twin = make("small-int8", kind="int8", pairs=48)
    told = ONNX.replace("eighth", "small-int8").replace('"base"', '"small"')
    (twin / "submission.toml").write_text(told)
    (twin / "recipe.toml").write_text('kind = "int8"\npairs = 48\n')
    graph = train(twin, drawn, "cpu", quiet)
    assert graph.name == "vision_model.onnx"
    assert json.loads((twin / "training.json").read_text())["quantised"] == "small"
    assert json.loads((twin / "tokenizer_config.json").read_text())["model_max_length"] == 32
    assert not [path for path in twin.iterdir() if path.name.startswith(".")]

    rng = np.random.default_rng(0)
    pictures = [
        Image.fromarray(rng.integers(0, 255, (12, 9, 3), np.uint8)).resize((80, 60))
        for _ in range(5)
    ]
    texts = ["a red boat", "un lac dans la brume", "x" * 300]
    whole = load(small, load_submission(small).model, None, "cpu")
    eighth = load(twin, load_submission(twin).model, None, "cpu")
    for method, given in (("encode_images", pictures), ("encode_texts", texts)):
        ours, theirs = (getattr(model, method)(given) for model in (eighth, whole))
        assert ours.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
        assert ((ours * theirs).sum(1) > 0.97).all()
    assert eighth.truncated(texts) == whole.truncated(texts) == 1  # type: ignore[union-attr]
    ours, theirs = (count(one, load_submission(one).model, None)[0] for one in (twin, small))
    assert ours is not None and theirs is not None
    assert ours["image"] == pytest.approx(theirs["image"], rel=0.05)
    assert ours["text"] == pytest.approx(theirs["text"], rel=0.15)  # it holds its causal mask
    size = (twin / "vision_model.onnx").stat().st_size
    assert size < 0.45 * (4 * theirs["image"])
