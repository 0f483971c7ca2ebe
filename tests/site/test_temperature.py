from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.site.temperature import temperature


@pytest.mark.parametrize("shape", [(), (1,)])
def test_it_is_read_from_the_weights(tmp_path: Path, shape: tuple[int, ...]) -> None:
    scale = np.full(shape, math.log(1 / 0.07), np.float32)
    save_file({"logit_scale": scale, "w": np.ones(3, np.float32)}, tmp_path / "m.safetensors")
    assert temperature(tmp_path) == pytest.approx(0.07)


def test_weights_that_do_not_tell_it_have_none(tmp_path: Path) -> None:
    assert temperature(tmp_path) is None
    assert temperature(tmp_path / "gone") is None
    for odd in (np.ones(2, np.float32), np.array(1000, np.float32), np.array(np.nan, np.float32)):
        save_file({"logit_scale": odd}, tmp_path / "m.safetensors")
        assert temperature(tmp_path) is None
    (tmp_path / "m.safetensors").write_bytes(b"no weights at all")
    assert temperature(tmp_path) is None
