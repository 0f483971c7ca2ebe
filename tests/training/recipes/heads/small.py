"""Heads that are learned, tuned or refused in seconds."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.errors import BadInput
from benchmark.pretrained.sentences import Multilingual
from benchmark.training.train import train
from tests.training.conftest import own_pictures, quiet

TUNED = 'tuned = "tuned.safetensors"\n'
TUNING = """\
[tuning]
batch = 4
steps = 2
learning_rate = 1e-2
warm_up = 0
weight_decay = 0.0
"""
DRAWN = """\
[drawn]
scenes = 2
share = 0.6
captions = 0.5
"""


class Remembered:
    """The sentence encoder, which is asked once for each text: most trainings ask for the same."""

    width = Multilingual.width
    languages = Multilingual.languages

    def __init__(self, name: str) -> None:
        assert name == "use-multilingual"
        self._known: dict[str, NDArray[np.float32]] = {}

    @functools.cached_property
    def _encode(self) -> Multilingual:
        return Multilingual()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = list(dict.fromkeys(one for one in texts if one not in self._known))
        if new:
            self._known |= zip(new, self._encode(new), strict=True)
        return np.stack([self._known[one] for one in texts])


remembered = functools.cache(Remembered)


def more(folder: Path, lines: str) -> Path:
    """The folder, its recipe with these lines added."""
    path = folder / "recipe.toml"
    path.write_text(path.read_text() + lines)
    return folder


def tuning(folder: Path, lines: str = "") -> Path:
    """The folder, its manifest with a file of tuned stages, its recipe with steps for them."""
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text() + TUNED)
    return more(folder, lines + TUNING)


def learned(folder: Path, cache: Path) -> Path:
    return train(folder, cache, "cpu", quiet, own_pictures(folder))


def refused(folder: Path, cache: Path, pictures: Path | None) -> str:
    """The line with which it is refused before a picture is looked at."""

    def never(stage: str, done: int, of: int) -> None:
        pytest.fail(f"{stage} had begun")

    with pytest.raises(BadInput) as caught:
        train(folder, cache, "cpu", never, pictures)
    assert "\n" not in str(caught.value)
    return str(caught.value)
