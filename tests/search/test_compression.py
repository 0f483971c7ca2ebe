from __future__ import annotations

import numpy as np
import pytest

from benchmark.search.compression import compressed


def ways(width: int = 16) -> dict[str, tuple[float, np.ndarray, np.ndarray]]:
    random = np.random.default_rng(0)
    low = random.normal(size=(200, 2)) @ random.normal(size=(2, width))
    images, texts = low.astype(np.float32), low[:20].astype(np.float32)
    return {way: (size, t, i) for way, size, t, i in compressed(texts, images)}


def test_what_is_kept_of_each_painting() -> None:
    assert {way: size for way, (size, _, _) in ways().items()} == {
        "PCA to 1/2": 32,
        "PCA to 1/4": 16,
        "PCA to 1/8": 8,
        "int8": 20,
        "1 bit": 2,
    }


def test_rows_of_two_dimensions_lose_nothing_in_two() -> None:
    random = np.random.default_rng(0)
    low = random.normal(size=(200, 2)) @ random.normal(size=(2, 16))
    _, texts, images = ways()["PCA to 1/8"]
    apart = low[:20] @ (low - low.mean(axis=0)).T
    found = texts @ (images - images.mean(axis=0)).T
    assert images.shape == (200, 2)
    assert found == pytest.approx(apart, abs=1e-3)


def test_int8_is_within_half_a_step() -> None:
    random = np.random.default_rng(0)
    low = random.normal(size=(200, 2)) @ random.normal(size=(2, 16))
    _, _, images = ways()["int8"]
    steps = np.abs(low).max(axis=1, keepdims=True) / 127
    assert (np.abs(images - low) <= 0.501 * steps).all()
    assert len(np.unique(np.rint(images[0] / steps[0]))) <= 16


def test_bits_are_signs_about_the_mean() -> None:
    _, texts, images = ways()["1 bit"]
    assert set(np.unique(images)) == {-1.0, 1.0}
    assert texts.mean(axis=0) == pytest.approx(np.zeros(16), abs=1e-5)


def test_a_narrow_space_cannot_be_cut_to_nothing() -> None:
    rows = np.random.default_rng(1).normal(size=(9, 3)).astype(np.float32)
    assert [way for way, *_ in compressed(rows, rows)] == ["PCA to 1/2", "int8", "1 bit"]
