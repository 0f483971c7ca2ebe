from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from benchmark.adapters import ModelTable, count
from benchmark.errors import BadInput
from benchmark.submission import Submission, load_all
from benchmark.submission_files import inspect
from tests.adapters.models import make_clip, make_open_clip, make_siglip

ROOT = Path(__file__).parents[2]


def table(**model: Any) -> ModelTable:
    head = {"name": "mine", "title": "Mine", "summary": "A test.", "role": "baseline"}
    more: dict[str, Any] = {"inputs": ["image"], "licence": "MIT", "model": model}
    return Submission.model_validate(head | more).model


OPEN_CLIP = table(
    adapter="open_clip", config="open_clip_config.json", weights="open_clip_model.safetensors"
)
CLIP = table(adapter="transformers", folder="model")


def test_our_submissions_are_as_large_as_was_measured() -> None:
    for name, one in load_all(ROOT / "submissions").items():
        assert isinstance(one, Submission), one
        if one.repository is not None or one.model is None:
            continue  # its files lie on a hub, or it is made of others
        scored = sorted((ROOT / "leaderboard" / "results").glob(f"*/{name}.json"))
        if not scored:
            continue  # to be scored where this is merged
        told = json.loads(scored[0].read_text())["size"]
        parameters, weight_bytes = count(ROOT / "submissions" / name, one.model, None)
        assert weight_bytes / 2**20 == told["weight_mb"]
        if one.model.adapter == "python":
            assert parameters is None
        else:
            assert parameters == told["parameters"]


def test_open_clip_is_counted_as_torch_counts(tmp_path: Path) -> None:
    import open_clip

    folder = make_open_clip(tmp_path / "mine")
    model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    image = sum(one.numel() for one in model.visual.parameters())
    text = sum(one.numel() for one in model.parameters()) - image
    size = (folder / "open_clip_model.safetensors").stat().st_size
    assert count(folder, OPEN_CLIP, None) == ({"image": image, "text": text}, size)


def test_what_is_no_parameter_is_not_counted(tmp_path: Path) -> None:
    tensors = {
        "visual.conv.weight": torch.ones(4, 3),
        "visual.bn.running_mean": torch.ones(4),
        "visual.bn.running_var": torch.ones(4),
        "visual.bn.num_batches_tracked": torch.tensor(3),
        "attn_mask": torch.ones(8, 8),
        "text.position_ids": torch.ones(8),
        "text.half": torch.ones(5, dtype=torch.bfloat16),
        "logit_scale": torch.tensor(1.0),
    }
    save_file(tensors, tmp_path / "open_clip_model.safetensors")
    assert count(tmp_path, OPEN_CLIP, None)[0] == {"image": 12, "text": 6}


@pytest.mark.parametrize("make", [make_clip, make_siglip])
def test_transformers_is_counted_as_torch_counts(tmp_path: Path, make: Any) -> None:
    from transformers import AutoModel

    make(tmp_path / "model")
    model = AutoModel.from_pretrained(tmp_path / "model")
    image = sum(one.numel() for one in model.vision_model.parameters())
    text = sum(one.numel() for one in model.parameters()) - image
    size = (tmp_path / "model" / "model.safetensors").stat().st_size
    assert count(tmp_path, CLIP, None) == ({"image": image, "text": text}, size)


def test_shards_are_counted_together(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    save_file({"vision_model.a": torch.ones(2, 3)}, folder / "m-1.safetensors")
    save_file({"text_model.a": torch.ones(5)}, folder / "m-2.safetensors")
    shards = {"vision_model.a": "m-1.safetensors", "text_model.a": "m-2.safetensors"}
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"metadata": {"total_size": 44}, "weight_map": shards}))
    total = sum(path.stat().st_size for path in folder.glob("m-*"))
    assert count(tmp_path, CLIP, None) == ({"image": 6, "text": 5}, total)


def test_a_snapshot_is_counted_by_the_file_that_is_loaded(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--a--b" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    save_file({"visual.a": torch.ones(3)}, snapshot / "open_clip_model.safetensors")
    save_file({"vision_model.a": torch.ones(3)}, snapshot / "model.safetensors")
    of_hub = table(adapter="open_clip", hub="a/b", revision="0" * 40)
    size = (snapshot / "open_clip_model.safetensors").stat().st_size
    assert count(tmp_path, of_hub, snapshot) == ({"image": 3, "text": 0}, size)


def test_code_of_its_own_is_weighed_and_not_believed(tmp_path: Path) -> None:
    for name in ("a.npy", "b.npz", "c.gguf", "d.safetensors", "e.onnx", "encoder.py", "f.txt"):
        (tmp_path / name).write_bytes(bytes(10))
    assert count(tmp_path, table(adapter="python"), None) == (None, 50)


def test_weights_that_are_not_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "open_clip_model.safetensors"
    save_file({"visual.a": torch.ones(3)}, path)
    path.write_bytes(path.read_bytes() + bytes(8))
    with pytest.raises(BadInput, match="bytes where its header says"):
        count(tmp_path, OPEN_CLIP, None)


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (OPEN_CLIP, "open_clip_model.safetensors"),
        (CLIP, "model/model.safetensors"),
        (table(adapter="onnx"), "vision_model.onnx"),
    ],
)
def test_weights_that_are_not_there(tmp_path: Path, one: ModelTable, missing: str) -> None:
    with pytest.raises(BadInput) as caught:
        count(tmp_path, one, None)
    assert str(caught.value) == f"{tmp_path}/submission.toml: model: '{missing}' is missing; add it"


def test_only_the_header_is_read(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "open_clip_model.safetensors"
    save_file({"visual.a": torch.zeros(4_000_000)}, path)
    tracemalloc.start()
    assert count(tmp_path, OPEN_CLIP, None)[0] == {"image": 4_000_000, "text": 0}
    inspect(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
