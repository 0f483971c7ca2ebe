from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harness.evaluation.batching import cut, fitting
from benchmark.harness.evaluation.run import Outcome
from benchmark.harness.isolation.answers import RanOut
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY


class Model:
    """Takes at most `room` pictures at once; remembers how many it was put."""

    def __init__(self, room: int, error: Exception | None = None) -> None:
        self.room, self.calls = room, list[int]()
        self.error = error or RanOut("CUDA out of memory. Tried to allocate 2 GiB")

    def __call__(self, count: int) -> None:
        self.calls.append(count)
        if count > self.room:
            raise self.error


def nothing() -> int:
    return 0


@given(st.integers(0, 500), st.integers(1, 600), st.integers(1, 300))
def test_pieces_are_the_whole_in_order(start: int, length: int, size: int) -> None:
    span = range(start, start + length)
    pieces = cut(span, size)
    assert [place for piece in pieces for place in piece] == list(span)
    assert max(map(len, pieces)) <= size


@pytest.mark.parametrize(("room", "found"), [(5, 4), (8, 8), (63, 32), (10**6, 256)])
def test_the_largest_that_fits(room: int, found: int) -> None:
    assert fitting(Model(room), 300, nothing, 64e9) == found


def test_no_more_than_there_are() -> None:
    assert fitting(Model(10**6), 20, nothing, 64e9) == 16
    assert fitting(Model(10**6), 3, nothing, 64e9) == 3


def test_stops_before_the_limit_of_memory() -> None:
    peaks = iter([100, 180, 260, 420, 740])  # MB: 10 for each input more
    model = Model(10**6)
    # 64 would take 740, and 128 more than 0.9 GB
    assert fitting(model, 300, lambda: next(peaks) * 10**6, 0.9e9) == 32
    assert model.calls == [8, 16, 32]


def test_other_errors_while_it_tries_pass() -> None:
    with pytest.raises(ValueError, match="bad"):
        fitting(Model(0, ValueError("bad")), 20, nothing, 64e9)


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


def test_one_that_does_not_even_take_one_says_so(
    submit: Callable[..., Path], run_all: Callable[..., dict[str, Outcome]]
) -> None:
    submit("none", SHORT.replace("len(images) > 3", "True"))
    outcome = run_all("none")["none"]
    assert (outcome.state, outcome.detail) == ("failed", "MemoryError: (encoder.py, line 18)")
