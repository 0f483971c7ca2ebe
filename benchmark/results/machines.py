"""Costs belong to a machine: which results can be compared by theirs."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.results.schema import Result


def on_one_machine(results: Sequence[Result]) -> list[Result]:
    """Those whose cost was measured on the machine that most were measured on, in their order."""
    homes = [result.cost.hardware for result in results if result.cost]
    usual = max(homes, key=homes.count) if homes else None
    return [result for result in results if result.cost and result.cost.hardware == usual]
