"""How many pictures a model is given at once: what fits, and less where memory runs out."""

from __future__ import annotations

from collections.abc import Callable

from benchmark.harness.isolation.answers import RanOut

SMALLEST, LARGEST = 8, 256
"""Bounds of a batch size that is found by trying."""


def fitting(call: Callable[[int], object], most: int, used: Callable[[], int], limit: float) -> int:
    """The largest power of two up to LARGEST and `most` that fits, found by doubling.

    `call` puts so many pictures. It stops where memory runs out, or where one doubling more might
    take the `used` bytes to `limit`, at which the worker would be ended: a batch twice as large
    is taken to add as much again as the last one did to what was used before.
    """
    size, before = SMALLEST, used()
    while size <= min(LARGEST, most):
        try:
            call(size)
        except RanOut:
            break
        peak = used()
        size *= 2
        if peak + 2 * (peak - before) > limit:
            break
    return max(1, min(size // 2, most))


def cut(span: range, size: int) -> list[range]:
    """A span in pieces of at most `size`."""
    return [span[start : start + size] for start in range(0, len(span), size)]
