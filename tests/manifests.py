"""A valid submission to spoil, and how it is refused then."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.errors import BadInput
from benchmark.submission import load
from tests.conftest import make_submission

HEAD = """name = "mine"
title = "Mine"
summary = "A test."
role = "baseline"
inputs = ["image"]
licence = "Apache-2.0"
"""
OPEN_CLIP = """
[model]
adapter = "open_clip"
architecture = "ViT-B-32"
weights = "model.safetensors"
"""
PYTHON = """
[model]
adapter = "python"
"""


def make_valid(parent: Path) -> Path:
    """A valid open_clip submission called `mine`, beside one called `other`."""
    make_submission(parent / "other")
    folder = parent / "mine"
    folder.mkdir()
    (folder / "README.md").write_text("# Mine\n")
    (folder / "submission.toml").write_text(HEAD + OPEN_CLIP)
    save_file({"a": np.ones((2, 3), np.float32)}, folder / "model.safetensors")
    return folder


def refusal(folder: Path) -> str:
    """The one line with which a folder is refused, without the path before its name."""
    with pytest.raises(BadInput) as caught:
        load(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(str(folder.parent.resolve()) + "/", "")


def rewritten(folder: Path, old: str, new: str) -> str:
    """The refusal after one change to the manifest."""
    path = folder / "submission.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return refusal(folder)
