from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageOps

from benchmark.adapters._preparation import Preparation
from benchmark.training.students import sight
from benchmark.training.students.sight import Sight, prepared, views
from tests.adapters.models import pictures

PREPARE = """\
{"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2,
 "size": {"height": 64, "width": 64}}
"""


def test_its_first_stages_are_views_of_the_whole_and_nothing_learns() -> None:
    whole, first = Sight(7).eval(), Sight(5).eval()
    pixels = torch.from_numpy(np.stack([prepared(one, 64) for one in pictures()]))
    with torch.inference_mode():
        found, part = whole(pixels), first(pixels)
    assert found.shape == (len(pixels), 1280 + 2 * 784) and part.shape == (len(pixels), 544)
    np.testing.assert_allclose(found[:, 1280 : 1280 + 544], part, atol=1e-5)
    assert [one for one in whole.parameters() if one.requires_grad] == []
    assert sum(one.numel() for one in whole.parameters()) == 3_371_008


def test_a_picture_is_prepared_as_the_adapter_prepares_it(tmp_path: Path) -> None:
    (tmp_path / "preprocessor_config.json").write_text(PREPARE)
    adapter = Preparation(tmp_path / "preprocessor_config.json")
    for one in pictures():
        np.testing.assert_allclose(prepared(one, 64), adapter(one), atol=1e-6)


def test_views_stand_upright_then_in_a_mirror_and_are_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "_CHUNK", 2)
    rng = np.random.default_rng(0)
    shown = [Image.fromarray(rng.integers(0, 255, (70, 90, 3), np.uint8)) for _ in range(3)]
    small, told = Sight(1).eval(), []
    keys = ["a", "b", "c"]
    found = views(
        small, keys, lambda row: shown[row], 64, tmp_path, lambda done, of: told.append((done, of))
    )
    assert found.shape == (6, 32) and told == [(2, 3), (3, 3)]
    mirrored = torch.from_numpy(prepared(ImageOps.mirror(shown[2]), 64))[None]
    with torch.inference_mode():
        np.testing.assert_allclose(found[5], small(mirrored)[0], atol=1e-5)

    def never(row: int) -> Image.Image:
        pytest.fail("it was looked at before")

    again = views(small, keys, never, 64, tmp_path, lambda done, of: None)
    assert np.array_equal(found, again)
