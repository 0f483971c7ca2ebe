from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image, ImageOps
from torch import Tensor

from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import Features, early, late
from benchmark.training import frozen_states as module
from benchmark.training.frozen_states import States, frozen_states


def nobody(done: int, of: int) -> None:
    """Progress for nobody."""


class Counted:
    """Stands for the fixed stages: the colour at the left edge, and how often it was asked."""

    def __init__(self) -> None:
        self.opened, self.asked = 0, list[int]()

    def network(self) -> Counted:
        self.opened += 1
        return self

    def early(self, network: object, batch: Tensor) -> tuple[Tensor, Tensor]:
        assert network is self
        self.asked.append(len(batch))
        shown = (batch + 1) * 127.5
        return shown[:, :1, :2, :1], torch.stack([shown[:, 0, 0, 0], shown[:, 2].amax((1, 2))], 1)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    stand_in = Counted()
    monkeypatch.setattr(module.efficientnet, "network", stand_in.network)
    monkeypatch.setattr(module, "early", stand_in.early)
    monkeypatch.setattr(module, "CHUNK", 4)
    monkeypatch.setattr(module, "_BATCH", 3)
    return stand_in


def views(states: States) -> list[list[float]]:
    """Of every row, in order."""
    found = [[0.0]] * len(states)
    for places, _, seen in states.of(range(len(states))):
        for place, one in zip(places, seen.round().tolist(), strict=True):
            found[place] = one
    return found


def asked(
    keys: Sequence[str], cache: Path, side: int = 64, stop: int = 99
) -> tuple[list[list[float]], list[tuple[int, int]]]:
    """Views of pictures of red 0, 1, 2, ... at the left and 100, 101, ... at the right."""
    told: list[tuple[int, int]] = []

    def picture(row: int) -> Image.Image:
        if row == stop:
            raise KeyboardInterrupt
        image = Image.new("RGB", (100, 100), (row, 0, side))
        image.paste((100 + row, 0, side), (50, 0, 100, 100))
        return image

    states = frozen_states(keys, picture, side, cache, lambda *one: told.append(one))
    return views(states), told


def both_ways(count: int, side: int = 64) -> list[list[float]]:
    return [[way + row, side] for way in (0.0, 100.0) for row in range(count)]


def test_every_picture_is_seen_once_each_way_and_then_read(
    tmp_path: Path, counted: Counted
) -> None:
    keys = [f"digest {row}" for row in range(10)]
    assert asked(keys, tmp_path) == (both_ways(10), [(4, 10), (8, 10), (10, 10)])
    assert counted.asked == [3, 3, 1, 1, 3, 3, 1, 1, 2, 2]
    assert counted.opened == 1
    assert asked(keys, tmp_path) == (both_ways(10), [(4, 10), (8, 10), (10, 10)])
    assert (len(counted.asked), counted.opened) == (10, 1)
    files = list((tmp_path / "states").iterdir())
    assert [path.suffix for path in files] == [".safetensors"] * 3


def test_other_pictures_and_sides_are_seen_anew(tmp_path: Path, counted: Counted) -> None:
    asked(["a", "b"], tmp_path)
    assert asked(["a", "c"], tmp_path)[0] == both_ways(2)
    assert asked(["a", "b"], tmp_path, side=96)[0] == both_ways(2, 96)
    assert counted.asked == [2] * 6


def test_an_interruption_costs_one_chunk(tmp_path: Path, counted: Counted) -> None:
    keys = [str(row) for row in range(10)]
    with pytest.raises(KeyboardInterrupt):
        asked(keys, tmp_path, stop=6)
    counted.asked.clear()
    assert asked(keys, tmp_path)[0] == both_ways(10)
    assert counted.asked == [3, 3, 1, 1, 2, 2]


def test_rows_come_by_shape_in_the_order_asked() -> None:
    shapes = [(2, 2), (1, 3), (2, 2), (1, 3)]
    kept = [torch.full((5, *one), float(n)).half() for n, one in enumerate(shapes)]
    states = States(kept, [torch.tensor([float(n), -n]) for n in range(4)])
    assert len(states) == 4
    found = [(places, *parts) for places, *parts in states.of([3, 2, 0, 3, 1])]
    assert [places for places, _, _ in found] == [[0, 3, 4], [1, 2]]
    assert [tuple(one.shape) for _, one, _ in found] == [(3, 5, 1, 3), (2, 5, 2, 2)]
    assert [one[:, 0, 0, 0].tolist() for _, one, _ in found] == [[3, 3, 1], [2, 0]]
    assert [one.tolist() for _, _, one in found] == [[[3, -3], [3, -3], [1, -1]], [[2, -2], [0, 0]]]
    assert all(one.dtype == torch.float32 for _, *parts in found for one in parts)


@pytest.fixture(scope="module")
def network() -> Any:
    return efficientnet.network()


@pytest.fixture
def pictures() -> list[Image.Image]:
    """Four of two shapes, none of them as it is in a mirror."""
    rng = np.random.default_rng(0)
    shapes = [(8, 6), (9, 18), (8, 6), (9, 18)]
    noise = [rng.integers(0, 256, (*one, 3), np.uint8) for one in shapes]
    return [Image.fromarray(one).resize((one.shape[1] * 9, one.shape[0] * 9)) for one in noise]


def close(ours: Tensor, wanted: Tensor) -> float:
    """Cosine of two arrays; what is kept is in half precision."""
    found: float = torch.cosine_similarity(ours.flatten(), wanted.flatten(), 0).item()
    return found


def of(states: States, row: int) -> tuple[Tensor, Tensor]:
    ((_, one, seen),) = states.of([row])
    return one, seen


def test_they_are_what_the_fixed_stages_make_of_a_picture_and_of_its_mirror_image(
    network: Any, pictures: list[Image.Image], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.efficientnet, "network", lambda: network)
    picture: Callable[[int], Image.Image] = pictures.__getitem__
    states = frozen_states(list("abcd"), picture, 64, tmp_path, nobody)
    turned = [ImageOps.mirror(one) for one in pictures]
    others = frozen_states(list("ABCD"), turned.__getitem__, 64, tmp_path, nobody)
    assert len(states) == len(others) == 8
    for row in range(4):
        for here, there in ((row + 4, row), (row, row + 4)):
            pairs = zip(of(states, here), of(others, there), strict=True)
            assert all(torch.equal(ours, theirs) for ours, theirs in pairs)
        assert close(of(states, row)[0], of(states, row + 4)[0]) < 0.98
    with torch.inference_mode():
        for row, image in enumerate([*pictures, *turned]):
            wanted = early(network, efficientnet.prepared(image, 64)[None])
            ours = of(states, row)
            assert ours[0].shape == wanted[0].shape and ours[1].shape == (1, 592)
            assert min(map(close, ours, wanted)) > 0.999


def test_the_stages_behind_make_features_of_them(
    network: Any, pictures: list[Image.Image], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.efficientnet, "network", lambda: network)
    states = frozen_states(list("abcd"), pictures.__getitem__, 64, tmp_path, nobody)
    wanted = Features(64)([*pictures, *map(ImageOps.mirror, pictures)])
    with torch.inference_mode():
        for row, one in enumerate(wanted):
            ours = late(network, *of(states, row))[0]
            assert close(ours, torch.from_numpy(one)) > 0.999
