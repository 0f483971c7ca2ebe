from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmark.training.joining import Reduction
from benchmark.training.routing import routing


@pytest.fixture
def features() -> tuple[np.ndarray, np.ndarray]:
    """200 paintings and 60 scenes of 12 features; the third is what tells them apart."""
    rng = np.random.default_rng(0)
    one, other = (rng.normal(size=(n, 12)).astype(np.float32) * 3 + 7 for n in (200, 60))
    one[:, 2], other[:, 2] = one[:, 2] - 20, other[:, 2] + 20
    return one, other


def test_each_is_sent_to_its_world(features: tuple[np.ndarray, np.ndarray]) -> None:
    paintings, scenes = features
    reduction = Reduction(paintings)
    router, right = routing(reduction, reduction(paintings), reduction(scenes))
    assert right == 1.0
    with torch.inference_mode():
        one, other = (router(torch.from_numpy(each)).numpy() for each in features)
    assert one.shape == (200, 1)
    assert one.max() < 0.01 and other.min() > 0.99


def test_what_cannot_be_told_apart_is_sent_by_chance() -> None:
    rng = np.random.default_rng(1)
    paintings, scenes = (rng.normal(size=(400, 6)).astype(np.float32) for _ in range(2))
    reduction = Reduction(paintings)
    router, right = routing(reduction, reduction(paintings), reduction(scenes))
    assert 0.35 < right < 0.65
    with torch.inference_mode():
        assert not torch.isnan(router(torch.from_numpy(scenes))).any()
