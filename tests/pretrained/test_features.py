from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from benchmark.pretrained import efficientnet
from benchmark.pretrained.efficientnet import prepared
from benchmark.pretrained.features import LIKELY, WIDTH, Features, early, last_stages, late
from tests.pretrained.drawn import gradient, spider_web


def test_early_and_late_together_see_what_timms_own_forward_passes_through(network: Any) -> None:
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
        states, seen = early(network, batch)
        ours = late(network, states, seen)
    likely = np.exp(logits.numpy() / 2)
    likely /= likely.sum(1, keepdims=True)
    spread = [
        part
        for one in stages
        for part in (one.numpy().mean((2, 3)), one.numpy().std((2, 3), ddof=1))
    ]
    wanted = np.concatenate([pooled, last.numpy().max((2, 3)), likely, *spread], 1)
    assert states.shape == (2, 120, 8, 8) and torch.equal(states, stages[4])
    assert seen.shape == (2, 592)
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


def test_last_stages_are_the_networks_own(network: Any) -> None:
    parts = last_stages(network)
    assert list(parts) == ["5", "6", "conv_head", "bn2"]
    assert parts["5"] is network.blocks[5] and parts["6"] is network.blocks[6]
    assert parts["conv_head"] is network.conv_head and parts["bn2"] is network.bn2


def test_tuned_stages_stand_in_place_of_the_packages_own(
    network: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(efficientnet, "network", lambda: copy.deepcopy(network))
    other = copy.deepcopy(network)
    with torch.no_grad():
        for part in last_stages(other).parameters():
            part.mul_(1.1)
    save_file(last_stages(other).state_dict(), tmp_path / "tuned.safetensors")
    picture = spider_web()
    (plain,), (tuned,) = (
        Features(64, path)([picture]) for path in (None, tmp_path / "tuned.safetensors")
    )
    with torch.inference_mode():
        wanted = late(other, *early(other, prepared(picture, 64)[None])).numpy()[0]
    np.testing.assert_allclose(tuned, wanted, atol=1e-4)
    fixed = slice(3560, 3560 + 592)
    np.testing.assert_allclose(tuned[fixed], plain[fixed], atol=1e-5)
    for moved in (slice(1280), slice(1280, 2560), LIKELY, slice(3560 + 592, None)):
        assert np.abs(tuned[moved] - plain[moved]).max() > 0.01
