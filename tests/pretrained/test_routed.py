from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL.Image import Image, new
from safetensors.torch import save_file
from torch import Tensor

from benchmark.errors import BadInput
from benchmark.pretrained.routed import Routed, Router, load
from tests.pretrained.retyped import retyped


class Ours:
    """Stands for joined heads: a picture's red, a text's length; features are red and green."""

    def features(self, images: Sequence[Image]) -> Tensor:
        return torch.tensor([image.getpixel((0, 0))[:2] for image in images], dtype=torch.float32)

    def pictures(self, features: Tensor) -> NDArray[np.float32]:
        return np.eye(2, dtype=np.float32)[(features[:, 0] > 100).int().numpy()]

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(2, dtype=np.float32)[[int(len(text) > 3) for text in texts]]


class Theirs:
    """Stands for the expert: everything is one thing to it."""

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        return np.ones((len(images), 1), np.float32)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 1), np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Green beyond 50 is drawn, at 50 it may be either."""
    made = tmp_path / "router.safetensors"
    save_file({"line.weight": torch.tensor([[0.0, 1.0]]), "line.bias": torch.tensor([-50.0])}, made)
    return made


def test_a_picture_lies_where_it_is_sent_and_a_text_in_both(path: Path) -> None:
    model = Routed(Ours(), Theirs(), path, 2)  # type: ignore[arg-type]
    colours = [(0, 0, 0), (200, 0, 0), (200, 255, 0), (0, 50, 0)]
    seen = model.encode_images([new("RGB", (2, 2), colour) for colour in colours])
    half = 0.5**0.5
    wanted = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [half, 0, half]]
    np.testing.assert_allclose(seen, wanted, atol=1e-6)
    read = model.encode_texts(["boat", "red"])
    less, more = 0.2**0.5, 0.8**0.5
    np.testing.assert_allclose(read, [[0, less, more], [less, 0, more]], atol=1e-6)
    assert seen.dtype == read.dtype == np.float32


def test_order_within_a_world_is_that_of_its_expert(path: Path) -> None:
    model = Routed(Ours(), Theirs(), path, 2)  # type: ignore[arg-type]
    paintings = [new("RGB", (2, 2), (red, 0, 0)) for red in (0, 200, 90)]
    scores = model.encode_texts(["boat"]) @ model.encode_images(paintings).T
    alone = Ours().encode_texts(["boat"]) @ Ours().pictures(Ours().features(paintings)).T
    np.testing.assert_allclose(scores, alone * 0.2**0.5, atol=1e-6)


@pytest.mark.parametrize(
    "held",
    [
        {"line.weight": torch.zeros(1, 3), "line.bias": torch.zeros(1)},
        {"line.weight": torch.zeros(1, 2)},
        {"line.weight": torch.zeros(1, 2), "line.bias": torch.zeros(1), "more": torch.zeros(1)},
    ],
)
def test_a_router_that_does_not_fit_is_one_line(held: dict[str, Tensor], tmp_path: Path) -> None:
    save_file(held, tmp_path / "router.safetensors")
    with pytest.raises(BadInput, match=r"router\.safetensors: is no router of 2 features; train"):
        load(tmp_path / "router.safetensors", 2)


def test_half_precision_is_read(tmp_path: Path) -> None:
    router = Router(3)
    save_file({k: v.half() for k, v in router.state_dict().items()}, tmp_path / "r.safetensors")
    assert load(tmp_path / "r.safetensors", 3).line.weight.dtype == torch.float32


@pytest.mark.parametrize("kind", ["F4", "F6_E2M3"])
def test_numbers_of_a_type_that_torch_has_not_are_one_line(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "router.safetensors"
    save_file({"line.weight": torch.zeros(1, 4), "line.bias": torch.zeros(1)}, path)
    retyped(path, "line.weight", kind)
    with pytest.raises(BadInput, match="has numbers of a type that cannot be read; train it"):
        load(path, 4)
