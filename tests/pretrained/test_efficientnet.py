from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from benchmark.errors import BadInput
from benchmark.pretrained import efficientnet
from benchmark.pretrained.efficientnet import by_shape, classes, prepared, replace
from benchmark.pretrained.packages import EFFICIENTNET, checked
from tests.pretrained.drawn import clock, gradient, spider_web
from tests.pretrained.retyped import BITS, retyped


def test_every_tensor_stands_where_the_stored_one_stood(network: Any) -> None:
    (path,) = checked(EFFICIENTNET).values()
    stored = torch.load(path, map_location="cpu", weights_only=True)
    ours = network.state_dict()
    assert len(ours) == len(stored) == 386
    for (name, one), (there, other) in zip(ours.items(), stored.items(), strict=True):
        # "…bn1.running_mean" and "…_bn1.running_mean" end alike
        assert name.rpartition(".")[2] == there.rpartition(".")[2]
        assert torch.equal(one, other), name
    assert sum(one.numel() for one in network.parameters()) == EFFICIENTNET.parameters
    assert not network.training


def test_it_sees_what_is_drawn(network: Any) -> None:
    batch = torch.stack([prepared(one(), 260) for one in (spider_web, clock, gradient)])
    with torch.inference_mode():
        logits = network(batch)
    likely, best = logits.softmax(-1).max(-1)
    assert [classes()[row] for row in best[:2].tolist()] == ["spider web", "analog clock"]
    assert likely[:2].min() > 0.7
    np.testing.assert_allclose(logits[2, :3], [0.7960, 1.0591, 0.3327], atol=1e-3)


def test_classes_stand_in_the_order_of_imagenet() -> None:
    assert len(classes()) == efficientnet.CLASSES == 1000
    assert [classes()[row] for row in (0, 281, 701, 999)] == [
        "tench", "tabby", "parachute", "toilet tissue",
    ]  # fmt: skip


@pytest.mark.parametrize("shapes", [[(2, 3)] * 386, [(2, 3)]])
def test_other_tensors_are_refused(
    shapes: list[tuple[int, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.pth"
    torch.save({str(row): torch.zeros(shape) for row, shape in enumerate(shapes)}, path)
    monkeypatch.setattr(efficientnet, "checked", lambda package: {"other.pth": path})
    with pytest.raises(BadInput) as caught:
        efficientnet.network()
    assert str(caught.value) == (
        f"{path}: does not fit timm's tf_efficientnet_lite2; pip install 'timm>=1.0.25'"
    )


@pytest.fixture
def part() -> nn.Module:
    """Stands for stages of the network."""
    return nn.ModuleDict({"conv": nn.Conv2d(2, 4, 1), "bn": nn.BatchNorm2d(4)}).eval()


def test_trained_tensors_replace_a_parts_own(part: nn.Module, tmp_path: Path) -> None:
    trained = {name: one + 1 for name, one in part.state_dict().items()}
    halves = {name: one.half() if one.ndim else one for name, one in trained.items()}
    save_file(halves, tmp_path / "tuned.safetensors")
    replace(part, tmp_path / "tuned.safetensors")
    for name, one in part.state_dict().items():
        assert one.dtype == trained[name].dtype
        torch.testing.assert_close(one, halves[name].to(one.dtype), rtol=0, atol=0)


@pytest.mark.parametrize(
    ("spoilt", "named"),
    [
        ({"conv.bias": None}, "conv.bias"),
        ({"more\x1b[2J": torch.ones(1)}, "more\\x1b[2J"),
        ({"conv.weight": torch.ones(4, 2)}, "conv.weight"),
        ({"bn.weight": torch.ones(1 << 40, 0)}, "bn.weight"),
        ({"bn.bias": torch.tensor(1.0), "conv.bias": torch.ones(5)}, "bn.bias"),
    ],
)
def test_a_missing_foreign_or_misshapen_tensor_is_named(
    part: nn.Module, tmp_path: Path, spoilt: dict[str, Any], named: str
) -> None:
    before = {name: one.clone() for name, one in part.state_dict().items()}
    path = tmp_path / "tuned.safetensors"
    whole = {**{name: one + 1 for name, one in before.items()}, **spoilt}
    save_file({name: one for name, one in whole.items() if one is not None}, path)
    with pytest.raises(BadInput) as caught:
        replace(part, path)
    assert str(caught.value) == (
        f"{path}: '{named}' is not as in the last stages of tf_efficientnet_lite2; "
        "train it with a recipe of kind heads"
    )
    for name, one in part.state_dict().items():
        assert torch.equal(one, before[name])


@pytest.mark.parametrize("kind", BITS)
@pytest.mark.parametrize("name", ["conv.weight", "bn.weight"])
def test_numbers_of_a_type_that_torch_has_not_are_one_line(
    part: nn.Module, tmp_path: Path, name: str, kind: str
) -> None:
    path = tmp_path / "tuned.safetensors"
    save_file(part.state_dict(), path)
    with pytest.raises(BadInput) as caught:
        replace(part, retyped(path, name, kind))
    assert str(caught.value) == (
        f"{path}: has numbers of a type that cannot be read; train it with a recipe of kind heads"
    )


@pytest.mark.parametrize(
    ("size", "side", "shape"),
    [
        ((260, 260), 260, (256, 256)),
        ((1, 1), 260, (256, 256)),
        ((400, 300), 260, (224, 288)),
        ((300, 400), 260, (288, 224)),
        ((20_000, 20), 260, (192, 352)),
        ((20, 20_000), 260, (352, 192)),
        ((600, 300), 260, (192, 352)),  # as long as pictures may be
        ((640, 480), 512, (448, 576)),
        ((90, 30), 64, (32, 96)),  # the smallest side: rounding makes it longer
        ((500, 499), 640, (640, 640)),
    ],
)
def test_pictures_keep_their_proportions(
    size: tuple[int, int], side: int, shape: tuple[int, int]
) -> None:
    picture = prepared(Image.new("RGB", size, "white"), side)
    assert tuple(picture.shape) == (3, *shape)
    assert picture.dtype == torch.float32
    np.testing.assert_allclose(picture, 1, atol=1e-6)


def test_pictures_are_shown_as_the_network_was_trained_to_see_them(network: Any) -> None:
    from torchvision.transforms import v2

    told = network.default_cfg
    usual = v2.Compose(
        [
            v2.Resize((256, 256), v2.InterpolationMode(told["interpolation"])),
            v2.PILToTensor(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize(told["mean"], told["std"]),
        ]
    )
    noise = np.random.default_rng(0).integers(0, 256, (301, 300, 3), np.uint8)
    picture = Image.fromarray(noise)
    np.testing.assert_allclose(prepared(picture, 256), usual(picture), atol=1e-5)


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("RGB", (0, 255, 51), (-1, 1, -0.6)),
        ("L", 51, (-0.6, -0.6, -0.6)),
        ("RGBA", (255, 0, 0, 255), (1, -1, -1)),
        ("CMYK", (255, 0, 0, 0), (-1, 1, 1)),
        ("1", 1, (1, 1, 1)),
        ("P", 0, (-1, -1, -1)),
    ],
)
def test_every_mode_becomes_three_channels(mode: str, colour: Any, shown: Any) -> None:
    picture = prepared(Image.new(mode, (50, 50), colour), 64)
    assert tuple(picture.shape) == (3, 64, 64)
    np.testing.assert_allclose(picture.mean((1, 2)), shown, atol=1e-5)


def test_batches_by_shape_keep_their_rows() -> None:
    pictures = [torch.full((3, 32, width), float(row)) for row, width in enumerate((64, 32, 64))]
    batches = by_shape(pictures)
    assert [rows for rows, _ in batches] == [[0, 2], [1]]
    assert [tuple(batch.shape) for _, batch in batches] == [(2, 3, 32, 64), (1, 3, 32, 32)]
    for rows, batch in batches:
        assert batch[:, 0, 0, 0].tolist() == [float(row) for row in rows]
    assert by_shape([]) == []
