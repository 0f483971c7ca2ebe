from __future__ import annotations

import pytest

from benchmark.harness.isolation.answers import Echoed
from benchmark.harness.isolation.process import Process
from benchmark.harness.profiling.channel import Overhead, overhead


def test_what_the_channel_takes_is_subtracted() -> None:
    channel = Overhead(fixed_s=0.001, byte_s=1e-8)
    assert channel.without(0.5, 10**6, 0) == pytest.approx(0.5 - 0.001 - 0.01)
    assert channel.without(0.5, 10**6, 10**6) == pytest.approx(0.5 - 0.001 - 0.02)


def test_never_less_than_a_microsecond() -> None:
    assert Overhead(1.0, 0.0).without(0.5, 0, 0) == 1e-6


def test_a_worker_without_a_model_echoes() -> None:
    with Process(None) as bare:
        _, body = bare.ask(Echoed, "echo", [b"abc"], 5, back=5)
        assert body == bytes(5)
        found = overhead(bare)
    assert 0 < found.fixed_s < 0.1
    assert 0 <= found.byte_s < 1e-6
