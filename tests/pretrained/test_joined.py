from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from benchmark.errors import BadInput
from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import WIDTH, Features, last_stages
from benchmark.pretrained.heads import Heads
from benchmark.pretrained.joined import Joined
from benchmark.pretrained.sentences import Multilingual
from tests.pretrained.drawn import clock, spider_web

TEXTS = ["a spider web", "une horloge", ""]


@pytest.fixture(scope="module", params=[16, 0])
def heads(request: pytest.FixtureRequest) -> Heads:
    """With hidden layers, and projections alone."""
    torch.manual_seed(0)
    return Heads(WIDTH, 512, 24, request.param).eval()


@pytest.fixture(scope="module")
def path(heads: Heads, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("joined") / "heads.safetensors"
    save_file(heads.state_dict(), made)
    return made


@pytest.mark.usefixtures("once")
def test_it_is_its_towers_and_then_its_heads(use: Multilingual, heads: Heads, path: Path) -> None:
    pictures = [spider_web(), Image.new("RGB", (90, 40), "navy"), clock()]
    model = Joined(use, 512, path, 64)
    with torch.inference_mode():
        seen = heads.pictures(torch.from_numpy(Features(64)(pictures))).numpy()
        read = heads.texts(torch.from_numpy(use(TEXTS))).numpy()
    for ours, wanted in ((model.encode_images(pictures), seen), (model.encode_texts(TEXTS), read)):
        assert ours.shape == (3, 24) and ours.dtype == np.float32
        np.testing.assert_allclose(ours, wanted, atol=1e-5)
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_it_sees_by_the_tuned_stages_that_are_named(
    use: Multilingual,
    heads: Heads,
    path: Path,
    network: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(efficientnet, "network", lambda: copy.deepcopy(network))
    trained = last_stages(copy.deepcopy(network))
    with torch.no_grad():
        trained["conv_head"].weight.mul_(-1)
    tuned = tmp_path / "tuned.safetensors"
    save_file(trained.state_dict(), tuned)
    pictures = [spider_web(), clock()]
    with torch.inference_mode():
        wanted, untuned = (
            heads.pictures(torch.from_numpy(Features(64, one)(pictures))).numpy()
            for one in (tuned, None)
        )
    ours = Joined(use, 512, path, 64, tuned).encode_images(pictures)
    np.testing.assert_allclose(ours, wanted, atol=1e-5)
    assert np.abs(ours - untuned).max() > 0.01


@pytest.mark.usefixtures("once")
def test_heads_of_another_sentence_encoder_are_refused(use: Multilingual, path: Path) -> None:
    with pytest.raises(BadInput, match="size mismatch for "):
        Joined(use, 384, path, 64)
