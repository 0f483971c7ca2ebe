from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL.Image import Image, new

from benchmark.training import frozen_features as module
from benchmark.training.frozen_features import frozen_features


class Counted:
    """Stands for the encoder: a picture's first pixel, and how often it was asked."""

    asked: list[int]

    def __init__(self, side: int) -> None:
        self.side = side

    def __call__(self, images: Sequence[Image]) -> NDArray[np.float32]:
        type(self).asked.append(len(images))
        return np.array([[image.getpixel((0, 0))[0], self.side] for image in images], np.float32)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    Counted.asked = []
    monkeypatch.setattr(module, "Features", Counted)
    monkeypatch.setattr(module, "CHUNK", 4)
    monkeypatch.setattr(module, "_BATCH", 3)


def asked(keys: Sequence[str], cache: Path, side: int = 64, stop: int = 99) -> tuple[list, list]:
    """Features of pictures of red 0, 1, 2, ..., and what progress was told."""
    told: list[tuple[int, int]] = []

    def picture(row: int) -> Image:
        if row == stop:
            raise KeyboardInterrupt
        return new("RGB", (1, 1), (row, 0, 0))

    found = frozen_features(keys, picture, side, cache, lambda done, of: told.append((done, of)))
    assert found.dtype == np.float16
    return found.tolist(), told


def test_every_picture_is_seen_once_and_then_read(tmp_path: Path) -> None:
    keys = [f"digest {row}" for row in range(10)]
    wanted = [[float(row), 64] for row in range(10)]
    assert asked(keys, tmp_path) == (wanted, [(4, 10), (8, 10), (10, 10)])
    assert Counted.asked == [3, 1, 3, 1, 2]
    assert asked(keys, tmp_path) == (wanted, [(4, 10), (8, 10), (10, 10)])
    assert len(Counted.asked) == 5
    assert not [path for path in (tmp_path / "features").iterdir() if path.suffix != ".npy"]


def test_other_pictures_and_sides_are_seen_anew(tmp_path: Path) -> None:
    asked(["a", "b"], tmp_path)
    assert asked(["a", "c"], tmp_path)[0] == [[0, 64], [1, 64]]
    assert asked(["a", "b"], tmp_path, side=96)[0] == [[0, 96], [1, 96]]
    assert Counted.asked == [2, 2, 2]


def test_an_interruption_costs_one_chunk(tmp_path: Path) -> None:
    keys = [str(row) for row in range(10)]
    with pytest.raises(KeyboardInterrupt):
        asked(keys, tmp_path, stop=6)
    Counted.asked.clear()
    assert asked(keys, tmp_path)[0] == [[float(row), 64] for row in range(10)]
    assert Counted.asked == [3, 1, 2]
