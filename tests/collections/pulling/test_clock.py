"""Pace and gate, on a clock on which waiting takes no time."""

from __future__ import annotations

import pytest

from benchmark.collections.pulling.clock import Clock, Gate, Pace
from benchmark.collections.pulling.refusals import Ended
from tests.collections.pulling.stand_in import Hurried


def test_a_pace_is_kept_over_all() -> None:
    clock = Hurried()
    pace = Pace(clock, bytes_per_s=1000)
    begun = clock.now()
    for size in (500, 1500, 4000):
        pace.took(size)
    assert clock.now() - begun == pytest.approx(6)
    clock.wait(100)  # rest is not saved up
    pace.took(2000)
    assert clock.now() - begun == pytest.approx(108)


def test_a_gate_is_shut_for_the_longest_that_was_said() -> None:
    clock = Hurried()
    gate, begun = Gate(clock), clock.now()
    gate.shut(50)
    gate.shut(20)
    gate.wait()
    assert clock.now() - begun == pytest.approx(50)


def test_who_waits_is_woken_by_the_first_reason_to_end() -> None:
    clock = Clock()
    clock.stop("the first")
    clock.stop("the second")
    with pytest.raises(Ended, match="the first"):
        clock.wait(1000)
