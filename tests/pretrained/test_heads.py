from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from benchmark.errors import BadInput
from benchmark.pretrained.heads import Heads, load
from tests.pretrained.retyped import BITS, retyped

REMEDY = "train the heads of this image and text encoder"


def made(hidden: int) -> Heads:
    """Heads from 6 features and sentences of 5 numbers to 4, drawn by chance."""
    torch.manual_seed(0)
    made = Heads(6, 5, 4, hidden).eval()
    made.mean.copy_(torch.arange(6.0))
    made.deviation.fill_(2)
    return made


@pytest.fixture
def heads() -> Heads:
    return made(8)


@pytest.fixture
def projections() -> Heads:
    return made(0)


@pytest.fixture
def path(heads: Heads, tmp_path: Path) -> Path:
    save_file(heads.state_dict(), tmp_path / "heads.safetensors")
    return tmp_path / "heads.safetensors"


def refusal(path: Path, features: int = 6, sentences: int = 5) -> str:
    with pytest.raises(BadInput) as caught:
        load(path, features, sentences)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{path}: ")


Network = Callable[[np.ndarray], np.ndarray]


def gelu(x: np.ndarray) -> np.ndarray:
    return x * np.array([[0.5 * (1 + math.erf(one / math.sqrt(2))) for one in row] for row in x])


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def agrees(heads: Heads, image: Network, text: Network) -> None:
    """Whether pictures and texts are these sums, brought to length 1."""
    rng = np.random.default_rng(0)
    features, sentences = rng.normal(size=(3, 6)), unit(rng.normal(size=(2, 5)))
    pictures, texts = unit(image((features - np.arange(6)) / 2)), unit(text(sentences))
    with torch.inference_mode():
        for ours, wanted in (
            (heads.pictures(torch.from_numpy(features).float()), pictures),
            (heads.texts(torch.from_numpy(sentences).float()), texts),
        ):
            np.testing.assert_allclose(ours, wanted, atol=1e-5)


def test_heads_are_these_sums(heads: Heads) -> None:
    given = {name: value.double().numpy() for name, value in heads.state_dict().items()}

    def network(name: str, x: np.ndarray) -> np.ndarray:
        hidden = gelu(x @ given[f"{name}.0.weight"].T + given[f"{name}.0.bias"])
        return hidden @ given[f"{name}.3.weight"].T + given[f"{name}.3.bias"]

    agrees(
        heads,
        lambda x: network("image", x),
        lambda x: x @ given["skip.weight"].T + network("text", x),
    )
    assert heads.first == "image.0.weight"


def test_projections_alone_are_these_sums(projections: Heads) -> None:
    given = {name: value.double().numpy() for name, value in projections.state_dict().items()}
    assert set(given) == {"mean", "deviation", "image.weight", "image.bias", "skip.weight"}
    agrees(
        projections,
        lambda x: x @ given["image.weight"].T + given["image.bias"],
        lambda x: x @ given["skip.weight"].T,
    )
    assert projections.first == "image.weight"


@pytest.mark.parametrize(("hidden", "first"), [(0, (4, 6)), (1, (1, 6)), (8, (8, 6))])
def test_what_was_saved_in_half_precision_is_loaded_to_compute_in_full(
    hidden: int, first: tuple[int, int], tmp_path: Path
) -> None:
    half = {name: value.half() for name, value in made(hidden).state_dict().items()}
    save_file(half, tmp_path / "half.safetensors")
    loaded = load(tmp_path / "half.safetensors", 6, 5)
    assert not loaded.training
    assert loaded.hidden == hidden and loaded.get_parameter(loaded.first).shape == first
    for name, value in loaded.state_dict().items():
        assert value.dtype == torch.float32 and value.device.type == "cpu"
        torch.testing.assert_close(value, half[name].float(), rtol=0, atol=0)


def test_those_of_other_encoders_are_refused(path: Path) -> None:
    assert load(path, 6, 5)
    for features, sentences, said in (
        (7, 5, "size mismatch for mean: copying a param with shape torch.Size([6])"),
        (6, 8, "size mismatch for text.0.weight"),
    ):
        line = refusal(path, features, sentences)
        assert said in line and line.endswith(f"; {REMEDY}")


def test_projections_with_a_part_of_hidden_layers_are_neither(
    heads: Heads, projections: Heads, path: Path
) -> None:
    text = {name: one for name, one in heads.state_dict().items() if name.startswith("text.")}
    save_file({**projections.state_dict(), **text}, path)
    assert 'Unexpected key(s) in state_dict: "text.0.bias"' in refusal(path)


def test_a_tensor_that_is_missing_or_one_too_many(heads: Heads, path: Path) -> None:
    whole = heads.state_dict()
    save_file({name: value for name, value in whole.items() if name != "image.3.bias"}, path)
    assert 'Missing key(s) in state_dict: "image.3.bias"' in refusal(path)
    save_file({name: value for name, value in whole.items() if name != "skip.weight"}, path)
    assert refusal(path).endswith(f"; {REMEDY}")
    save_file({name: value for name, value in whole.items() if name != "image.0.weight"}, path)
    assert 'Missing key(s) in state_dict: "image.weight"' in refusal(path)
    save_file({**whole, "more": torch.ones(1)}, path)
    assert 'Unexpected key(s) in state_dict: "more"' in refusal(path)
    save_file({}, path)
    assert refusal(path).endswith(f"; {REMEDY}")


@pytest.mark.parametrize("name", ["skip.weight", "image.0.weight"])
def test_a_width_beyond_all_memory_is_refused_at_once(heads: Heads, path: Path, name: str) -> None:
    for shape in ((1 << 40, 0), (1 << 61, 0), (0, 6), ()):
        save_file({**heads.state_dict(), name: torch.ones(shape)}, path)
        assert refusal(path).endswith(f"; {REMEDY}")


@pytest.mark.parametrize("kind", BITS)
def test_numbers_of_a_type_that_torch_has_not_are_one_line(path: Path, kind: str) -> None:
    assert refusal(retyped(path, "image.0.weight", kind)).endswith(f"; {REMEDY}")


def test_a_file_of_another_kind(path: Path) -> None:
    path.write_text("heads, to come\n")
    assert refusal(path) == "is not a safetensors file; save it with safetensors"
    torch.save({"skip.weight": torch.ones(4, 5)}, path)
    assert refusal(path) == "is a pickle, which can run code; save it with safetensors"
    path.unlink()
    assert refusal(path) == "missing; add it"
