"""Which figures are a submission's own word: shown as such, and in no front."""

from __future__ import annotations

from benchmark.results.cost import SELF_REPORTED, Cost, Size


def self_reported(size: Size, cost: Cost | None) -> list[str]:
    """Names of the figures that nobody but the submission's own process told."""
    found = ["parameters"] if size.parameters and not size.counted else []
    known = [name for name in SELF_REPORTED if getattr(cost, name, None) is not None]
    return found + known


def parameters(size: Size) -> int | None:
    """All parameters, where we counted them ourselves; None where nobody or only it itself did."""
    return (sum(size.parameters.values()) or None) if size.counted else None
