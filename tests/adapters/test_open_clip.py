from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from benchmark.abilities import Bounded, Encoder
from benchmark.adapters.open_clip import OpenClip, OpenClipEncoder, load
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.isolation.checks import embeddings
from tests.adapters.models import bring_code, make_open_clip, pictures

TEXTS = ["a boat on the sea", "x", "a red house in a storm, seen from far far far away " * 3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_open_clip(tmp_path_factory.mktemp("open_clip") / "tiny")


def spec(**fields: str) -> OpenClip:
    given = {"config": "open_clip_config.json", "weights": "open_clip_model.safetensors"}
    return OpenClip.model_validate({"adapter": "open_clip", **given, **fields})


def loaded(folder: Path, **fields: str) -> OpenClipEncoder:
    return load(folder, spec(**fields), None, "cpu")


def test_embeddings_have_unit_length(folder: Path) -> None:
    model = loaded(folder)
    assert isinstance(model, Encoder)
    for rows, count in ((model.encode_images(pictures()), 5), (model.encode_texts(TEXTS), 3)):
        assert rows.shape == (count, 24)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_alone_and_in_a_batch_are_the_same(folder: Path) -> None:
    model = loaded(folder)
    together = model.encode_images(pictures())
    alone = np.concatenate([model.encode_images([picture]) for picture in pictures()])
    np.testing.assert_allclose(alone, together, atol=1e-5)
    together = model.encode_texts(TEXTS)
    alone = np.concatenate([model.encode_texts([text]) for text in TEXTS])
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_agrees_with_open_clip_called_plainly(folder: Path) -> None:
    path = folder / "open_clip_model.safetensors"
    model, _, preprocess = open_clip.create_model_and_transforms(
        f"local-dir:{folder}", load_weights=False
    )
    model.load_state_dict(load_file(path))
    model.eval()
    with torch.inference_mode():
        batch = torch.stack([preprocess(picture) for picture in pictures()])
        wanted = torch.nn.functional.normalize(model.encode_image(batch), dim=-1).numpy()
    np.testing.assert_allclose(loaded(folder).encode_images(pictures()), wanted, atol=1e-6)


def test_texts_longer_than_it_reads_are_counted(folder: Path) -> None:
    model = loaded(folder)
    assert isinstance(model, Bounded)
    long = "word " * 200
    assert model.truncated(["a boat", long, "", long]) == 2
    assert model.truncated(["a boat"]) == 0


@pytest.mark.parametrize(("precision", "gap"), [("fp16", 0.02), ("bf16", 0.1)])
def test_half_precision_is_near(folder: Path, precision: str, gap: float) -> None:
    model = loaded(folder, precision=precision)
    whole = loaded(folder)
    rows = model.encode_images(pictures())
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, whole.encode_images(pictures()), atol=gap)
    np.testing.assert_allclose(model.encode_texts(TEXTS), whole.encode_texts(TEXTS), atol=gap)


def refusal(folder: Path, fields: OpenClip, snapshot: Path | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        load(folder, fields, snapshot, "cpu")
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(folder), "F")


def test_unknown_architecture(folder: Path) -> None:
    fields = OpenClip.model_validate(
        {"adapter": "open_clip", "architecture": "ViT-Z-99", "weights": "w.safetensors"}
    )
    assert refusal(folder, fields) == (
        "F/submission.toml: model.architecture: open_clip knows no 'ViT-Z-99'; "
        "open_clip.list_models() lists them, or give config"
    )


def test_a_config_of_another_name(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "my.json").write_text((folder / "open_clip_config.json").read_text())
    assert refusal(tmp_path, spec(config="my.json")) == (
        "F/submission.toml: model.config: no open_clip_config.json in F; "
        "open_clip reads only open_clip_config.json"
    )


def test_weights_that_do_not_fit(folder: Path) -> None:
    tensors = load_file(folder / "open_clip_model.safetensors")
    tensors["ln_final.weight"] = torch.ones(7)
    save_file(tensors, folder / "wide.safetensors")
    assert refusal(folder, spec(weights="wide.safetensors")).startswith(
        "F/wide.safetensors: does not fit the model ("
    )
    del tensors["ln_final.weight"]
    save_file(tensors, folder / "short.safetensors")
    message = refusal(folder, spec(weights="short.safetensors"))
    assert message.startswith("F/short.safetensors: does not fit the model (")
    assert "ln_final.weight" in message


def test_a_tokenizer_that_its_config_names_and_nobody_brought(tmp_path: Path) -> None:
    home = make_open_clip(tmp_path / "mine")
    config = json.loads((home / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"]["hf_tokenizer_name"] = "tokenizer of this folder"
    (home / "open_clip_config.json").write_text(json.dumps(config))
    assert refusal(home, spec()) == (
        "F/submission.toml: model.config: has no tokenizer.json, nor vocab.json with merges.txt, "
        "nor a .model; save the model's tokenizer there too"
    )


def test_code_beside_the_tokenizer_does_not_run(tmp_path: Path) -> None:
    # Such a folder is refused before; this is for one that is loaded all the same.
    home = make_open_clip(tmp_path / "mine")
    config = json.loads((home / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"] |= {
        "hf_tokenizer_name": "x",
        "tokenizer_kwargs": {"trust_remote_code": True},
    }
    (home / "open_clip_config.json").write_text(json.dumps(config))
    (home / "config.json").write_text('{"model_type": "evil"}')
    (home / "tokenizer.json").write_text("{}")
    mark = bring_code(home, "tokenizer_config.json")
    with pytest.raises(Exception, match="trust_remote_code"):
        loaded(home)
    assert not mark.exists()


def test_clip_reads_77_tokens(tmp_path: Path) -> None:
    home = make_open_clip(tmp_path / "mine", context_length=77)
    model = loaded(home)
    assert (
        model.truncated(["sea " * 75, "sea " * 76]) == 1
    )  # with one that begins and one that ends
    cut, longer = model.encode_texts(["sea " * 75, "sea " * 75 + "boat"])
    np.testing.assert_array_equal(cut, longer)


def test_what_overflows_in_half_precision_is_refused_with_the_remedy(tmp_path: Path) -> None:
    home = make_open_clip(tmp_path / "mine")
    weights = home / "open_clip_model.safetensors"
    tensors = load_file(weights)
    tensors["visual.conv1.weight"] = torch.full_like(tensors["visual.conv1.weight"], 1000)
    save_file(tensors, weights)
    white = [Image.new("RGB", (32, 32), "white")]
    whole, half = loaded(home), loaded(home, precision="fp16")
    assert np.isfinite(whole.encode_images(white)).all()
    found = half.encode_images(white)
    with pytest.raises(SubmissionFailed) as caught:
        embeddings((1, 24), bytearray(found.tobytes()), "encode_images", ["white.png"], {})
    assert str(caught.value) == (
        "encode_images returned NaN or infinity for 'white.png' (1 of 1 embeddings in its batch); "
        'mend encoder.py, or set model.precision = "fp32" in submission.toml'
    )
