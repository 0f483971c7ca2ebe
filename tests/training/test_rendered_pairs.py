from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.training import rendered_pairs
from benchmark.training.rendered_pairs import rendered


def test_rendering_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendered_pairs, "CHUNK", 4)
    seen: list[int] = []
    first = rendered(7, 5, tmp_path, lambda done, of: seen.append(done))
    assert (len(first.english), len(first.french), len(first.facts)) == (7, 7, 7)
    assert first.pictures(64).shape == (7, 64, 64, 3)
    assert first.pictures(96).shape == (7, 96, 96, 3)
    assert seen[-1] == 7
    stored = sorted(tmp_path.rglob("*.json"))
    times = [path.stat().st_mtime_ns for path in stored]
    stored[1].unlink()  # as if the second chunk had not been reached
    again = rendered(7, 5, tmp_path, lambda done, of: None)
    np.testing.assert_array_equal(again.pictures(64), first.pictures(64))
    assert (again.french, again.facts) == (first.french, first.facts)
    assert stored[0].stat().st_mtime_ns == times[0]
