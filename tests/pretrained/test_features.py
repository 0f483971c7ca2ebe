from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from benchmark.pretrained.efficientnet import prepared
from benchmark.pretrained.features import LIKELY, WIDTH, Features, views
from tests.pretrained.drawn import gradient, spider_web


def test_views_are_what_timms_own_forward_passes_through(network: Any) -> None:
    batch = torch.stack([prepared(one(), 128) for one in (spider_web, gradient)])
    stages: list[torch.Tensor] = []
    hooks = [
        block.register_forward_hook(lambda _, given, made: stages.append(made))
        for block in network.blocks
    ]
    with torch.inference_mode():
        logits = network(batch)
        for hook in hooks:
            hook.remove()
        last = network.forward_features(batch)
        pooled = network.forward_head(last, pre_logits=True)
        ours = views(network, batch)
    likely = np.exp(logits.numpy() / 2)
    likely /= likely.sum(1, keepdims=True)
    early = [
        part
        for one in stages
        for part in (one.numpy().mean((2, 3)), one.numpy().std((2, 3), ddof=1))
    ]
    wanted = np.concatenate([pooled, last.numpy().max((2, 3)), likely, *early], 1)
    assert ours.shape == (2, WIDTH) == (2, 5272)
    np.testing.assert_allclose(ours, wanted, atol=1e-4)
    np.testing.assert_allclose(ours[:, LIKELY].sum(1), 1, atol=1e-5)


@pytest.mark.usefixtures("once")
def test_every_row_is_its_own_pictures_whatever_the_batch() -> None:
    features = Features(64)
    shapes = [(9, 9), (400, 20), (40, 30), (20, 400), (1, 1)]
    blank = [Image.new("RGB", shape, (80, 10 * row, 40)) for row, shape in enumerate(shapes)]
    pictures = [spider_web(), *blank]
    together = features(pictures)
    assert together.shape == (6, WIDTH) and together.dtype == np.float32
    assert np.isfinite(together).all()
    for row in (0, 2, 4):
        np.testing.assert_allclose(features([pictures[row]])[0], together[row], atol=1e-4)
