"""What the channel itself takes, to be subtracted: echoes of a worker that runs no model."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmark.harness.isolation.answers import Echoed
from benchmark.harness.isolation.process import Process

_SMALL, _LARGE = 1_000, 4_000_000
_TIMES = 40
_LEAST_S = 1e-6


@dataclass(frozen=True)
class Overhead:
    """Seconds of one request and its answer: fixed, and for each byte there and back."""

    fixed_s: float
    byte_s: float

    def without(self, seconds: float, there: int, back: int) -> float:
        """Seconds of a request less what its channel took; `there`, `back`: bytes."""
        return max(_LEAST_S, seconds - self.fixed_s - (there + back) * self.byte_s)


def overhead(bare: Process) -> Overhead:
    """Measured on a worker without a model: one that has a stranger's could slow its echo down."""
    small = _echo(bare, _SMALL, _TIMES)
    large = _echo(bare, _LARGE, _TIMES // 4)
    byte_s = max(0.0, (large - small) / (_LARGE - _SMALL))
    return Overhead(fixed_s=max(0.0, small - _SMALL * byte_s), byte_s=byte_s)


def _echo(bare: Process, size: int, times: int) -> float:
    """Median seconds of an exchange of `size` bytes, there and back together."""
    body, taken = [bytes(size // 2)], []
    for _ in range(times):
        bare.ask(Echoed, "echo", body, size, back=size - size // 2)
        taken.append(bare.answered - bare.asked)
    return median(taken)
