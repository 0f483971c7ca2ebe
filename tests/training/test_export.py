from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from benchmark.adapters.onnx import PICTURES, TEXTS
from benchmark.byte_pairs import learn
from benchmark.training.export import export
from benchmark.training.models import Model
from tests.training.conftest import CONFIG, Make


@pytest.fixture
def home(make: Make) -> Path:
    folder = make("small")
    learn(["a red boat", "un lac dans la brume"], 400, folder)
    return folder


def test_graphs_give_the_models_rows_for_texts_of_any_length(home: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = Model(home, torch.device("cpu")).net.eval()
    assert export(net, home / "open_clip_config.json", tmp_path) == 32

    texts = onnxruntime.InferenceSession(tmp_path / TEXTS)
    whole = torch.zeros(3, 32, dtype=torch.long)
    whole[:, :5] = torch.tensor([[1, 40, 50, 60, 399], [1, 70, 399, 0, 0], [1, 9, 8, 399, 0]])
    with torch.inference_mode():
        wanted = net.encode_text(whole).numpy()
    for length in (5, 17, 32):
        (rows,) = texts.run(None, {"input_ids": whole[:, :length].numpy()})
        np.testing.assert_allclose(rows, wanted, atol=1e-5)

    pictures = onnxruntime.InferenceSession(tmp_path / PICTURES)
    seen = torch.randn(5, 3, 64, 64)
    with torch.inference_mode():
        wanted = net.encode_image(seen).numpy()
    (rows,) = pictures.run(None, {"pixel_values": seen.numpy()})
    np.testing.assert_allclose(rows, wanted, atol=1e-5)


@pytest.mark.parametrize("tower", [{"no_causal_mask": True}, {"pool_type": "last"}])
def test_a_tower_that_looks_at_whole_texts_gets_them(
    home: Path, tmp_path: Path, tower: dict[str, object]
) -> None:
    told = json.loads(json.dumps(CONFIG))
    told["model_cfg"]["text_cfg"] |= tower
    (home / "open_clip_config.json").write_text(json.dumps(told))
    model = Model(home, torch.device("cpu"))
    model.net.eval()
    export(model.net, home / "open_clip_config.json", tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / TEXTS)
    assert session.get_inputs()[0].shape[1] == 32
    tokens = model.tokenize(["a red boat", "un lac"])
    with torch.inference_mode():
        wanted, ours = model.net.encode_text(tokens), model.texts(tokens)
    (rows,) = session.run(None, {"input_ids": tokens.numpy()})
    np.testing.assert_allclose(rows, wanted.numpy(), atol=1e-5)
    unit = torch.nn.functional.normalize(wanted, dim=-1)
    np.testing.assert_allclose(ours.numpy(), unit.numpy(), atol=1e-5)


@pytest.mark.parametrize(("said", "number"), [("bilinear", 2), ("bicubic", 3), (None, 3)])
def test_pictures_are_prepared_as_the_models_config_says(
    home: Path, tmp_path: Path, said: str | None, number: int
) -> None:
    told = json.loads(json.dumps(CONFIG))
    told["preprocess_cfg"].pop("interpolation")
    if said is not None:
        told["preprocess_cfg"]["interpolation"] = said
    (home / "open_clip_config.json").write_text(json.dumps(told))
    export(Model(home, torch.device("cpu")).net, home / "open_clip_config.json", tmp_path)
    assert json.loads((tmp_path / "preprocessor_config.json").read_text()) == {
        "do_center_crop": False,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "resample": number,  # Pillow's
        "size": {"height": 64, "width": 64},
    }
