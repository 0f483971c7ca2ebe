from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.chunks import Chunk, gather


def chunk(folder: Path, start: int, stop: int, width: int) -> Chunk:
    """A finished chunk whose embeddings are the numbers of its places."""
    found = Chunk(folder, start, stop)
    rows = np.repeat(np.arange(start, stop, dtype=np.float32)[:, None], width, axis=1)
    read = range(stop - start) if width else ()
    found.put(range(start, stop), read, rows[: len(read)], [])
    return Chunk(folder, start, stop)


def test_all_go_back_to_their_places(tmp_path: Path) -> None:
    order = np.array([3, 0, 4, 1, 2])
    chunks = [chunk(tmp_path, 0, 2, 3), chunk(tmp_path, 2, 5, 3)]
    assert all(one.done for one in chunks)
    gather(chunks, order, tmp_path / "images.npy")
    assert np.load(tmp_path / "images.npy")[:, 0].tolist() == [1, 3, 4, 0, 2]


def test_a_chunk_without_a_readable_picture_is_zeros(tmp_path: Path) -> None:
    chunks = [chunk(tmp_path, 0, 2, 0), chunk(tmp_path, 2, 4, 2)]
    gather(chunks, np.arange(4), tmp_path / "images.npy")
    assert np.load(tmp_path / "images.npy").tolist() == [[0, 0], [0, 0], [2, 2], [3, 3]]
    assert gather([chunk(tmp_path, 0, 2, 0)], np.arange(2), tmp_path / "none.npy") is None


@pytest.mark.parametrize(("one", "other"), [(3, 5), (1, 5)])
def test_a_model_that_changed_its_mind_between_two_runs(
    tmp_path: Path, one: int, other: int
) -> None:
    """Regression: a traceback, or a chunk of one dimension spread over all of them."""
    chunks = [chunk(tmp_path, 0, 2, one), chunk(tmp_path, 2, 4, other)]
    with pytest.raises(SubmissionFailed) as caught:
        gather(chunks, np.arange(4), tmp_path / "images.npy")
    wanted = f"encode_images returned 5 dimensions where it had returned {one}"
    assert str(caught.value) == wanted
