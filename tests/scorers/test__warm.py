from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.scorers import _warm as warm


@pytest.mark.slow
def test_compiles_once_beside_the_caller(tmp_path: Path) -> None:
    compiling = warm.start(tmp_path)
    assert compiling is not None
    assert compiling.wait(timeout=200) == 0
    assert warm.start(tmp_path) is None
