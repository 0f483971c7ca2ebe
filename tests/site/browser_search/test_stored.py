"""Which stored embeddings a published run follows from."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.records import Run
from benchmark.results.store import Store
from benchmark.site.browser_search.box import MODEL
from benchmark.site.browser_search.stored import embeddings
from benchmark.workspace import Workspace
from tests.site.browser_search.conftest import PICTURES

ASKED = ["q1", "q2"]
IDS = [f"s{at:02}" for at in range(PICTURES)]


@pytest.fixture
def cache(scenes: Workspace, tmp_path: Path) -> Path:
    """A copy of what the machine keeps."""
    return shutil.copytree(scenes.cache / "embeddings", tmp_path / "embeddings").parent


def test_those_that_give_the_run(scenes: Workspace, cache: Path) -> None:
    store = Store(scenes.leaderboard)
    result, run = store.result("scenes", MODEL), store.run("scenes", MODEL)
    assert result is not None
    (right,) = cache.glob("embeddings/*")
    other = shutil.copytree(right, cache / "embeddings" / "0-first")
    np.save(other / "images.npy", np.load(right / "images.npy") * 1.001)
    shutil.copytree(right, cache / "embeddings" / "1-small")
    np.save(cache / "embeddings/1-small/images.npy", np.zeros((2, 640), np.float32))
    found = embeddings(cache, result, run, IDS, ASKED)
    assert found.shape == (PICTURES, 640)
    assert found.tolist() == np.load(right / "images.npy").tolist()
    shutil.rmtree(right)
    near = embeddings(cache, result, run, IDS, ASKED)  # as another processor may have made them
    assert near.tolist() == np.load(other / "images.npy").tolist()
    more = Run((*run.query_ids[1:], "more"), (*run.ids[1:], ()), (*run.scores[1:], np.zeros(0)))
    assert embeddings(cache, result, more, IDS, ASKED).tolist() == near.tolist()  # none for q1
    np.save(other / "images.npy", near * 1.2)
    line = f"{MODEL} on scenes: no embeddings are stored here; cimaise run {MODEL} --collection"
    with pytest.raises(BadInput, match=line):
        embeddings(cache, result, run, IDS, ASKED)
