"""A valid submission to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manifests import make_valid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_valid(tmp_path)
