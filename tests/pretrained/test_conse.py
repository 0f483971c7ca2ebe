from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from benchmark.pretrained.conse import ConSE, mixed
from benchmark.pretrained.efficientnet import prepared
from benchmark.pretrained.sentences import Multilingual
from tests.pretrained.drawn import clock, spider_web


def naive(likely: Sequence[float], names: NDArray[np.float32]) -> list[float]:
    """The 50 likeliest names, each as often as it is likely, as a unit vector."""
    best = sorted(range(len(likely)), key=lambda row: likely[row], reverse=True)[:50]
    total = [0.0] * names.shape[1]
    for row in best:
        for column in range(names.shape[1]):
            total[column] += likely[row] * float(names[row, column])
    length = math.sqrt(sum(value * value for value in total))
    return [value / length for value in total]


def test_it_is_the_mean_of_the_likeliest_names() -> None:
    rng = np.random.default_rng(0)
    likely = rng.dirichlet(np.full(1000, 0.1), 3).astype(np.float32)
    names = rng.normal(size=(1000, 8)).astype(np.float32)
    found = mixed(likely, names)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [naive(one, names) for one in likely.tolist()], atol=1e-5)


def test_classes_that_are_as_likely_as_the_last_count_too() -> None:
    likely = np.full((1, 60), 1 / 60, np.float32)
    found = mixed(likely, np.eye(60, dtype=np.float32))
    np.testing.assert_allclose(found, 1 / math.sqrt(60), atol=1e-6)


def one_hot(texts: Sequence[str]) -> NDArray[np.float32]:
    """Each text a direction of its own."""
    return np.eye(len(texts), 1000, dtype=np.float32)


@pytest.mark.usefixtures("once")
def test_a_picture_is_its_classes_by_half_their_logits(network: Any) -> None:
    pictures = [spider_web(), Image.new("RGB", (90, 40), "navy"), clock()]
    found = ConSE(one_hot, 128).encode_images(pictures)
    assert found.shape == (3, 1000) and found.dtype == np.float32
    for row, picture in zip(found, pictures, strict=True):
        with torch.inference_mode():
            logits = network(prepared(picture, 128)[None])[0].tolist()
        likely = [math.exp(one / 2) for one in logits]
        np.testing.assert_allclose(row, naive(likely, np.eye(1000, dtype=np.float32)), atol=1e-4)


@pytest.mark.usefixtures("once")
def test_words_in_any_language_find_what_is_drawn(use: Multilingual) -> None:
    model = ConSE(use, 260)
    pictures = model.encode_images([spider_web(), clock()])
    texts = model.encode_texts(["a spider web", "une toile d'araignée", "a clock", "eine Uhr"])
    assert (texts @ pictures.T).argmax(1).tolist() == [0, 0, 1, 1]
    np.testing.assert_allclose(np.linalg.norm(pictures, axis=1), 1, atol=1e-5)
