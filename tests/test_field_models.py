"""The submissions that wait for a machine with the hub: whole, pinned, and of files we can read."""

from __future__ import annotations

import json
from pathlib import Path

import open_clip
import pytest

from benchmark.adapters import adapters
from benchmark.declared.code import refuse_code
from benchmark.submission import Submission, load_all

HOME = Path(__file__).parents[1] / "submissions"
LOADED = load_all(HOME)
PINNED = {
    name: one
    for name, one in LOADED.items()
    if isinstance(one, Submission) and one.repository is not None
}
ARCHITECTURES = [
    "EVA02-B-16",
    "MobileCLIP-S1",
    "MobileCLIP2-S0",
    "MobileCLIP2-S2",
    "ViT-B-16",
    "ViT-B-16-quickgelu",
    "ViT-B-32",
    "ViT-B-32-quickgelu",
    "ViT-H-14",
    "ViT-L-14",
]
"""Those of our submissions, by the names that open_clip has for them."""


def test_the_field_is_there() -> None:
    assert len(PINNED) >= 41
    assert {
        "clip-vit-l-14-openai", "clip-vit-b-32-openai", "clip-vit-l-14-datacomp",
        "clip-vit-b-32-datacomp", "clip-vit-h-14-laion2b", "siglip-base-patch16-224",
        "siglip2-base-patch16-224", "eva02-clip-b-16", "mobileclip-s1", "mobileclip2-s0",
        "tinyclip-vit-8m-16", "siglip-base-patch16-256-multilingual", "blip-itc-base-coco",
        "blip-itm-base-coco", "blip-captioning-base",
    } <= set(PINNED)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PINNED))
def test_each_says_what_it_is(name: str) -> None:
    one, card = PINNED[name], (HOME / name / "README.md").read_text(encoding="utf-8")
    assert one.training_data
    assert one.repository is not None and one.repository.commit is not None
    at = f"https://huggingface.co/{one.repository.name}/tree/{one.repository.commit}"
    assert at in card
    assert "**Sources.** " in card and "**Licence.** " in card
    assert "list of files was seen" in card or "list of files was not seen" in card
    assert len(card) < 2000


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_configs_of_the_architectures_are_known(name: str, tmp_path: Path) -> None:
    config = open_clip.get_model_config(name)
    prepared = {"mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bilinear"}
    path = tmp_path / "open_clip_config.json"
    path.write_text(json.dumps({"model_cfg": config, "preprocess_cfg": prepared}))
    refuse_code("open_clip", adapters()["open_clip"].declared, {path.name: path})
