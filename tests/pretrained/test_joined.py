from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from benchmark.errors import BadInput
from benchmark.pretrained.features import WIDTH, Features
from benchmark.pretrained.heads import Heads
from benchmark.pretrained.joined import Joined
from benchmark.pretrained.sentences import Multilingual
from tests.pretrained.drawn import clock, spider_web

TEXTS = ["a spider web", "une horloge", ""]


@pytest.fixture(scope="module")
def heads() -> Heads:
    torch.manual_seed(0)
    return Heads(WIDTH, 512, 24).eval()


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


@pytest.mark.usefixtures("once")
def test_heads_of_another_sentence_encoder_are_refused(use: Multilingual, path: Path) -> None:
    with pytest.raises(BadInput, match="size mismatch for text"):
        Joined(use, 384, path, 64)
