from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import transformers
from PIL import Image

from benchmark.abilities import Bounded, Encoder
from benchmark.adapters import count, load
from benchmark.adapters._preparation import Preparation
from benchmark.adapters.onnx import Onnx
from benchmark.adapters.open_clip import OpenClip
from benchmark.byte_pairs import learn
from benchmark.errors import BadInput
from benchmark.training.export import export
from tests.adapters.models import pictures

TEXTS = ["a boat on the sea", "x", "a red house in a storm, seen from far far far away " * 3]
SPEC = Onnx(adapter="onnx")
CONFIG = {
    "model_cfg": {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 32, "layers": 2, "width": 32, "head_width": 16, "patch_size": 8,
        },
        "text_cfg": {
            "context_length": 16, "vocab_size": 300, "width": 32, "heads": 2, "layers": 2,
            "hf_tokenizer_name": "tokenizer of this folder", "tokenizer_kwargs": {},
        },
    },
    "preprocess_cfg": {
        "mean": [0.5, 0.4, 0.3], "std": [0.5, 0.6, 0.7], "interpolation": "bicubic",
        "resize_mode": "squash",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open_clip model and its export, side by side."""
    import open_clip
    from safetensors.torch import save_file

    place = tmp_path_factory.mktemp("onnx") / "tiny"
    place.mkdir()
    learn(TEXTS, 300, place)
    config = place / "open_clip_config.json"
    config.write_text(json.dumps(CONFIG))
    net = open_clip.create_model(f"local-dir:{place}", load_weights=False)
    save_file(net.state_dict(), place / "open_clip_model.safetensors")
    export(net.eval(), config, place)
    return place


def test_an_export_gives_the_embeddings_of_the_model_it_was_made_from(folder: Path) -> None:
    ours = load(folder, SPEC, None, "cpu")
    given = {"config": "open_clip_config.json", "weights": "open_clip_model.safetensors"}
    spec = OpenClip.model_validate({"adapter": "open_clip", **given})
    theirs = load(folder, spec, None, "cpu")
    assert isinstance(ours, Encoder) and isinstance(ours, Bounded)
    for method, inputs in (("encode_images", pictures()), ("encode_texts", TEXTS)):
        found, wanted = getattr(ours, method)(inputs), getattr(theirs, method)(inputs)
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, wanted, atol=1e-4)
    assert ours.truncated(TEXTS) == theirs.truncated(TEXTS) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}},
        {"size": {"shortest_edge": 40}, "crop_size": {"height": 32, "width": 24}},
        {"size": {"height": 30, "width": 20}, "do_center_crop": False},
    ],
)
def test_pictures_are_prepared_as_transformers_prepares_them(
    tmp_path: Path, options: dict[str, object]
) -> None:
    processor = transformers.CLIPImageProcessorPil(**options)
    processor.save_pretrained(tmp_path)
    prepare = Preparation(tmp_path / "preprocessor_config.json")
    for picture in pictures():
        wanted = processor(images=[picture], return_tensors="np")["pixel_values"][0]
        np.testing.assert_allclose(prepare(picture), wanted, atol=0.02)


@pytest.mark.parametrize(
    ("missing", "complaint"),
    [
        ("text_model.onnx", "model.texts: "),
        ("preprocessor_config.json", "model.folder: has no preprocessor_config.json; add it"),
        ("tokenizer_config.json", "model.folder: has no tokenizer_config.json; add it"),
    ],
)
def test_what_is_missing_is_named(
    folder: Path, tmp_path: Path, missing: str, complaint: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / missing).unlink()
    with pytest.raises(BadInput, match=complaint):
        load(copy, SPEC, None, "cpu")


def test_a_graph_that_is_none_is_named(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "vision_model.onnx").write_bytes(b"not a graph")
    with pytest.raises(BadInput, match=r"model\.pictures: "):
        load(copy, SPEC, None, "cpu")


def test_an_expert_needs_a_graph_that_says_who_is_drawn(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.copytree(folder, copy / "drawn")
    spec = Onnx(adapter="onnx", drawn="drawn")
    with pytest.raises(BadInput, match=r"model\.pictures: gives embeddings alone, and drawn = "):
        load(copy, spec, None, "cpu")


def test_drawn_pictures_are_sent_to_the_expert_and_texts_to_both(
    folder: Path, tmp_path: Path
) -> None:
    import onnx

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    shutil.copytree(folder, copy / "drawn")
    model = onnx.load(copy / "vision_model.onnx")
    # Whoever is bright is drawn: the mean of the pixels, far beyond 0..1, which is cut.
    axes = onnx.numpy_helper.from_array(np.array([1, 2, 3]), "axes")
    model.graph.initializer.append(axes)
    node = onnx.helper.make_node("ReduceMean", ["pixel_values", "axes"], ["drawn"])
    model.graph.node.append(node)
    model.graph.output.append(
        onnx.helper.make_tensor_value_info("drawn", onnx.TensorProto.FLOAT, ["count", 1, 1, 1])
    )
    onnx.save(model, copy / "vision_model.onnx")
    routed = load(copy, Onnx(adapter="onnx", drawn="drawn"), None, "cpu")
    alone = load(folder, SPEC, None, "cpu")
    shown = [Image.new("RGB", (32, 32), colour) for colour in ("black", "white")]
    seen, known = routed.encode_images(shown), alone.encode_images(shown)
    np.testing.assert_allclose(seen[0], np.concatenate([known[0], np.zeros(24)]), atol=1e-5)
    np.testing.assert_allclose(seen[1], np.concatenate([np.zeros(24), known[1]]), atol=1e-5)
    read, known = routed.encode_texts(TEXTS), alone.encode_texts(TEXTS)
    wanted = np.concatenate([known * 0.2**0.5, known * 0.8**0.5], 1)
    np.testing.assert_allclose(read, wanted, atol=1e-5)
    assert routed.truncated(TEXTS) == 1
    sizes, stored = count(copy, Onnx(adapter="onnx", drawn="drawn"), None)
    single, bytes_ = count(folder, SPEC, None)
    twice = {tower: 2 * size for tower, size in single.items()}
    assert sizes == {**twice, "image": twice["image"] + 3} and stored > bytes_  # three axes
