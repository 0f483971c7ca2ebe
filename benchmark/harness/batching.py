"""How many inputs a model is given at once: what fits, and less where memory runs out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmark.harness import footprint

SMALLEST, LARGEST = 8, 256
"""Bounds of a batch size that is found by trying."""

_SHORT = ("out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory")

Input = TypeVar("Input")


def fitting(
    call: Callable[[Sequence[Input]], object], inputs: Sequence[Input], memory_gb: float
) -> int:
    """The largest power of two up to LARGEST that fits, found by doubling.

    It stops where memory runs out on the device, or where one doubling more might take this
    process to `memory_gb`, at which it would be ended: a batch twice as large is taken to add as
    much again as the last one did to what was resident before.
    """
    size = SMALLEST
    before = footprint.peak_mb()
    while size <= min(LARGEST, len(inputs)):
        try:
            call(inputs[:size])
        except Exception as error:
            if not ran_out(error):
                raise
            _release()
            break
        peak = footprint.peak_mb()
        size *= 2
        if peak + 2 * (peak - before) > memory_gb * 1e9 / 2**20:
            break
    return max(1, min(size // 2, len(inputs)))


def halving(
    call: Callable[[Sequence[Input]], NDArray[np.float32]], inputs: Sequence[Input], size: int
) -> tuple[NDArray[np.float32], int]:
    """Rows of all inputs, at most `size` at a time, and the size that did it.

    Where memory runs out the batch is tried again by halves, down to a single input.
    """
    parts: list[NDArray[np.float32]] = []
    done = 0
    while done < len(inputs):
        try:
            parts.append(call(inputs[done : done + size]))
            done += size
        except Exception as error:
            if not ran_out(error) or size == 1:
                raise
            _release()
            size = max(1, min(size, len(inputs) - done) // 2)
    return np.concatenate(parts), size


def ran_out(error: Exception) -> bool:
    """Whether an exception says that memory ran out, on the device or in the machine."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(w in str(error).lower() for w in _SHORT)


def _release() -> None:
    """Give back what torch holds in reserve on the device."""
    if footprint.on_cuda():
        sys.modules["torch"].cuda.empty_cache()
