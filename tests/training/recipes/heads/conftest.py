"""One sentence encoder and one cache for all tests of heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.adapters import pretrained
from tests.training.recipes.heads.small import remembered


@pytest.fixture(autouse=True)
def _open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained, "sentence_encoder", remembered)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen in the twelve pictures is kept from one test to the next."""
    return tmp_path_factory.mktemp("cache")
