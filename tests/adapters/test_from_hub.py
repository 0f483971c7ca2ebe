"""Each kind of model of the libraries, saved by its own library: from a hub as from a folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from benchmark.adapters import fetch, load
from benchmark.adapters.transformers import Transformers
from tests.adapters.models import make_blip, make_clip, make_metaclip2, make_siglip, pictures
from tests.stand_in_hub import StandInHub

MAKERS: dict[str, Callable[[Path], Path]] = {
    "clip": make_clip,
    "metaclip_2": make_metaclip2,
    "siglip": make_siglip,
    "blip": make_blip,
    "blip-captioning": partial(make_blip, trained_for="BlipForConditionalGeneration"),
}


@pytest.mark.parametrize("kind", list(MAKERS))
def test_a_model_of_the_hub_is_that_of_its_folder(
    kind: str, hub: StandInHub, tmp_path: Path
) -> None:
    commit = hub.add("models", "owner/tiny", MAKERS[kind](tmp_path / "model"))
    pinned = Transformers(adapter="transformers", hub="owner/tiny", revision=commit)
    snapshot = fetch(tmp_path, pinned, tmp_path / "cache")
    far = load(tmp_path, pinned, snapshot, "cpu")
    near = load(tmp_path, Transformers(adapter="transformers", folder="model"), None, "cpu")
    if kind == "blip-captioning":
        assert far.caption(pictures()) == near.caption(pictures())  # type: ignore[attr-defined]
        return
    for of in (far, near):
        assert of.encode_images(pictures()).shape[0] == 5  # type: ignore[attr-defined]
    texts = ["a boat on the sea", "storm"]
    np.testing.assert_array_equal(far.encode_texts(texts), near.encode_texts(texts))  # type: ignore[attr-defined]
