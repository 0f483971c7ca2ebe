"""The same pictures in disguise: other bytes, other names, hardly another sight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.collections import folder as folders
from benchmark.collections.disguised import disguised


def test_pictures_stay_what_they_show(gallery: Path, tmp_path: Path) -> None:
    collection = folders.load("colours", gallery, tmp_path)
    hidden, rows = disguised(collection, 1)
    assert sorted(rows) == list(range(8))
    assert not set(hidden.ids) & set(collection.ids)
    assert len(set(hidden.ids)) == 8
    for row, real in enumerate(rows):
        assert hidden.picture(row) != collection.picture(real)
        old, new = collection.image(real), hidden.image(row)
        assert new.size == tuple(round(side * 0.98) for side in old.size)
        means = [np.asarray(image, dtype=float).mean(axis=(0, 1)) for image in (old, new)]
        assert means[1] == pytest.approx(means[0], abs=3)
        assert hidden.metadata[row] == collection.metadata[real]


def test_a_large_collection_is_sampled(gallery: Path, tmp_path: Path) -> None:
    collection = folders.load("colours", gallery, tmp_path)
    hidden, rows = disguised(collection, 1, size=3)
    assert len(hidden) == len(set(rows)) == 3
    assert disguised(collection, 1, size=3)[1] == rows
    assert disguised(collection, 2, size=3)[1] != rows
    assert hidden.picture(1) == disguised(collection, 1, size=3)[0].picture(1)
