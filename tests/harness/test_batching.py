from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harness import footprint
from benchmark.harness.batching import fitting, halving
from benchmark.harness.run import Outcome
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY


class Model:
    """Takes at most `room` inputs at once; remembers how many it was given."""

    def __init__(self, room: int, error: Exception | None = None) -> None:
        self.room, self.calls = room, list[int]()
        self.error = error or RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")

    def __call__(self, inputs: Sequence[int]) -> np.ndarray:
        self.calls.append(len(inputs))
        if len(inputs) > self.room:
            raise self.error
        return np.array([[number] for number in inputs], np.float32)


@given(st.integers(1, 80), st.integers(1, 40), st.integers(1, 64))
def test_every_input_has_its_row_whatever_fits(count: int, room: int, size: int) -> None:
    rows, left = halving(Model(room), range(count), size)
    assert rows.ravel().tolist() == list(range(count))
    assert left <= size
    assert left == size or left <= room


def test_halved_until_it_fits_and_no_further() -> None:
    model = Model(5)
    rows, size = halving(model, range(16), 16)
    assert model.calls == [16, 8, 4, 4, 4, 4]
    assert (len(rows), size) == (16, 4)


@pytest.mark.parametrize("error", [ValueError("out of memory"), RuntimeError("bad shape")])
def test_other_errors_pass(error: Exception) -> None:
    with pytest.raises(type(error)):
        halving(Model(5, error), range(16), 16)


def test_one_that_does_not_even_take_one_says_so() -> None:
    with pytest.raises(MemoryError):
        halving(Model(0, MemoryError()), range(2), 2)


@pytest.mark.parametrize(("room", "found"), [(5, 4), (8, 8), (63, 32), (10**6, 256)])
def test_the_largest_that_fits(room: int, found: int) -> None:
    model = Model(room, MemoryError())
    assert fitting(model, range(300), 64) == found


def test_no_more_than_there_are() -> None:
    assert fitting(Model(10**6), range(20), 64) == 16
    assert fitting(Model(10**6), range(3), 64) == 3


def test_stops_before_the_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    peaks = iter([100, 180, 260, 420, 740])  # MiB: 10 for each input more
    monkeypatch.setattr(footprint, "peak_mb", lambda: next(peaks))
    model = Model(10**6)
    assert fitting(model, range(300), 0.9) == 32  # 64 would take 740, and 128 more than 0.9 GB
    assert model.calls == [8, 16, 32]


def test_other_errors_while_it_tries_pass() -> None:
    with pytest.raises(ValueError, match="bad"):
        fitting(Model(0, ValueError("bad")), range(20), 64)


SHORT = HEALTHY.replace(
    "    def encode_images(self, images):\n",
    "    def encode_images(self, images):\n        if len(images) > 3: raise MemoryError\n",
)


@pytest.mark.parametrize("size", ['"auto"', "8"])
def test_a_model_short_of_memory_gets_the_same_rows(
    workspace: Workspace,
    submit: Callable[..., Path],
    run_all: Callable[..., dict[str, Outcome]],
    size: str,
) -> None:
    submit("short", SHORT, batch=size)
    run_all()
    store = Store(workspace.leaderboard)
    runs = [store.run("colours", name) for name in ("healthy", "short")]
    assert runs[0].ids == runs[1].ids
    assert all((a == b).all() for a, b in zip(runs[0].scores, runs[1].scores, strict=True))
