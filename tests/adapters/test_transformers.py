from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from benchmark.abilities import Bounded, Encoder
from benchmark.adapters.transformers import Transformers, TransformersEncoder, load
from benchmark.errors import BadInput
from tests.adapters.models import bring_code, make_clip, make_metaclip2, make_siglip, pictures

TEXTS = ["a boat on the sea", "storm", "a red house in a storm " * 9]
MAKERS: dict[str, Callable[[Path], Path]] = {
    "clip": make_clip,
    "metaclip_2": make_metaclip2,
    "siglip": make_siglip,
}


@pytest.fixture(scope="module", params=list(MAKERS))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp(request.param)
    MAKERS[request.param](home / "model")
    return home


def loaded(folder: Path, precision: str = "fp32") -> TransformersEncoder:
    spec = Transformers.model_validate(
        {"adapter": "transformers", "folder": "model", "precision": precision}
    )
    return load(folder, spec, None, "cpu")


def test_embeddings_have_unit_length(folder: Path) -> None:
    model = loaded(folder)
    assert isinstance(model, Encoder)
    images, texts = model.encode_images(pictures()), model.encode_texts(TEXTS)
    assert images.shape[1] == texts.shape[1]
    assert (len(images), len(texts)) == (5, 3)
    for rows in (images, texts):
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_alone_and_in_a_batch_are_the_same(folder: Path) -> None:
    model = loaded(folder)
    alone = np.concatenate([model.encode_images([picture]) for picture in pictures()])
    np.testing.assert_allclose(alone, model.encode_images(pictures()), atol=1e-5)
    alone = np.concatenate([model.encode_texts([text]) for text in TEXTS])
    np.testing.assert_allclose(alone, model.encode_texts(TEXTS), atol=1e-5)


def test_agrees_with_the_model_called_plainly(folder: Path) -> None:
    import transformers

    model = transformers.AutoModel.from_pretrained(folder / "model").eval()
    processor = transformers.AutoProcessor.from_pretrained(folder / "model")
    inputs = processor(
        images=pictures(),
        text=TEXTS,
        padding="max_length",
        max_length=12,
        truncation=True,
        return_tensors="pt",
    )
    with torch.inference_mode():
        outputs = model(**inputs)
    ours = loaded(folder)
    np.testing.assert_allclose(
        ours.encode_images(pictures()), outputs.image_embeds.numpy(), atol=1e-5
    )
    np.testing.assert_allclose(ours.encode_texts(TEXTS), outputs.text_embeds.numpy(), atol=1e-5)


@pytest.mark.parametrize(("precision", "gap"), [("fp16", 0.02), ("bf16", 0.1)])
def test_half_precision_is_near(folder: Path, precision: str, gap: float) -> None:
    rows = loaded(folder, precision).encode_images(pictures())
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, loaded(folder).encode_images(pictures()), atol=gap)


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        loaded(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(folder), "F")


def test_weights_that_do_not_fit(tmp_path: Path) -> None:
    weights = make_clip(tmp_path / "model") / "model.safetensors"
    whole = load_file(weights)
    short = {name: tensor for name, tensor in whole.items() if "text_projection" not in name}
    save_file(short, weights, {"format": "pt"})
    assert refusal(tmp_path) == (
        "F/submission.toml: model.folder: its weights lack 1 tensors, such as "
        "text_projection.weight"
    )
    save_file(whole | {"text_projection.weight": torch.ones(3, 3)}, weights, {"format": "pt"})
    assert refusal(tmp_path).startswith("F/submission.toml: model.folder: ")


def test_another_family(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text(json.dumps({"model_type": "bert"}))
    assert refusal(tmp_path) == (
        "F/submission.toml: model.folder: is a 'bert' model; known are clip, metaclip_2, siglip, "
        "siglip2, BlipForImageTextRetrieval, BlipForConditionalGeneration"
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    assert refusal(tmp_path).startswith("F/submission.toml: model.folder: ")


def test_pickled_weights_are_not_read(tmp_path: Path) -> None:
    weights = make_clip(tmp_path / "model") / "model.safetensors"
    torch.save(load_file(weights), tmp_path / "model" / "pytorch_model.bin")
    weights.unlink()
    assert refusal(tmp_path).startswith("F/submission.toml: model.folder: ")


@pytest.mark.parametrize("rest", [[], ["vocab.json"], ["merges.txt"]])
@pytest.mark.parametrize("make", list(MAKERS.values()))
def test_a_folder_without_its_tokenizer(
    tmp_path: Path, make: Callable[[Path], Path], rest: list[str]
) -> None:
    # transformers would make one up for CLIP: two tokens, so that texts differ by length alone.
    home = make(tmp_path / "model")
    (home / "tokenizer.json").unlink()
    for name in rest:
        (home / name).touch()
    assert refusal(tmp_path) == (
        "F/submission.toml: model.folder: has no tokenizer.json, nor vocab.json with merges.txt, "
        "nor a .model; save the model's tokenizer there too"
    )


def test_texts_longer_than_it_reads_are_counted(folder: Path) -> None:
    model = loaded(folder)
    assert isinstance(model, Bounded)
    long = "word " * 200
    assert model.truncated(["a boat", long, "x", long]) == 2
    assert model.truncated(["a boat"]) == 0


@pytest.mark.parametrize("asks", ["config.json", "tokenizer_config.json", "processor_config.json"])
def test_code_beside_the_model_does_not_run(tmp_path: Path, asks: str) -> None:
    # Such a folder is refused before; this is for one that is loaded all the same.
    mark = bring_code(make_clip(tmp_path / "model"), asks)
    with contextlib.suppress(BadInput):
        loaded(tmp_path)
    assert not mark.exists()


def plainly(home: Path, texts: list[str], **how: object) -> np.ndarray:
    """Embeddings of texts as transformers' documentation has them."""
    import transformers

    model = transformers.AutoModel.from_pretrained(home).eval()
    processor = transformers.AutoProcessor.from_pretrained(home)
    inputs = processor(text=texts, truncation=True, max_length=12, return_tensors="pt", **how)
    with torch.inference_mode():
        found = model.get_text_features(**inputs).pooler_output
    return torch.nn.functional.normalize(found, dim=-1).numpy()


def test_siglip_sees_texts_padded_to_full_length(tmp_path: Path) -> None:
    home = make_siglip(tmp_path / "model")
    found = loaded(tmp_path).encode_texts(["a boat"])
    full, short = (plainly(home, ["a boat"], padding=how) for how in ("max_length", "longest"))
    np.testing.assert_allclose(found, full, atol=1e-5)
    assert np.abs(full - short).max() > 1e-2


def test_siglip_2_sees_small_letters(tmp_path: Path) -> None:
    # The tokenizer of its repositories keeps capitals, and it was trained on none.
    home = make_siglip(tmp_path / "model")
    model = loaded(tmp_path)
    capitals, small = model.encode_texts(["A Boat on the SEA", "a boat on the sea"])
    np.testing.assert_array_equal(capitals, small)
    kept = plainly(home, ["A Boat on the SEA"], padding="max_length")
    assert np.abs(kept - small).max() > 1e-2


def test_siglip_with_its_own_tokenizer(tmp_path: Path) -> None:
    pieces = pytest.importorskip("sentencepiece")
    import transformers

    home = make_siglip(tmp_path / "model")
    (tmp_path / "words.txt").write_text("a boat on the sea\na red house in a storm\n" * 50)
    pieces.SentencePieceTrainer.train(
        input=str(tmp_path / "words.txt"), model_prefix=str(tmp_path / "spiece"), vocab_size=13,
        model_type="char", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, hard_vocab_limit=False,
    )  # fmt: skip
    tokenizer = transformers.SiglipTokenizer(str(tmp_path / "spiece.model"), model_max_length=12)
    images = transformers.SiglipImageProcessor(size={"height": 32, "width": 32})
    for stale in home.glob("*token*"):
        stale.unlink()
    transformers.SiglipProcessor(images, tokenizer).save_pretrained(home)
    found = loaded(tmp_path).encode_texts(["A sea, a boat!", "a sea a boat"])
    np.testing.assert_array_equal(found[0], found[1])
    wanted = plainly(home, ["A sea, a boat!"], padding="max_length")
    np.testing.assert_allclose(found[:1], wanted, atol=1e-5)


@pytest.mark.parametrize("make", [make_clip, make_siglip])
def test_what_overflows_in_half_precision_is_whole_in_full(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    # What the harness says of it, with the remedy, is tested beside open_clip.
    weights = make(tmp_path / "model") / "model.safetensors"
    tensors = load_file(weights)
    (name,) = (name for name in tensors if name.endswith("patch_embedding.weight"))
    tensors[name] = torch.full_like(tensors[name], 3000)
    save_file(tensors, weights, {"format": "pt"})
    white = [Image.new("RGB", (32, 32), "white")]
    assert np.isfinite(loaded(tmp_path).encode_images(white)).all()
    assert not np.isfinite(loaded(tmp_path, "fp16").encode_images(white)).any()
