"""Who is on the front of quality and a cost, and which costs there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmark.results.machines import on_one_machine
from benchmark.results.schema import Result
from benchmark.results.self_reported import parameters

COSTS: dict[str, Callable[[Result], float | None]] = {
    "ms a query": lambda r: r.cost.query_ms_p50 if r.cost else None,
    "ms a picture": lambda r: (
        1000 / r.cost.pictures_per_s if r.cost and r.cost.pictures_per_s else None
    ),
    "memory": lambda r: r.cost.peak_memory_mb if r.cost else None,
    "J for 1,000 queries": lambda r: (
        r.cost.energy["queries"].joules if r.cost and "queries" in r.cost.energy else None
    ),
    "bytes a painting": lambda r: r.size.bytes_per_painting,
    "parameters": lambda r: parameters(r.size),
}
"""What a front may be drawn against: the less, the better. Nothing self-reported."""
_OF_NO_MACHINE = ("bytes a painting", "parameters")


def costs_of(results: Sequence[Result], cost: str) -> dict[str, float]:
    """Submission -> a cost, of those it is known of and may be compared: of one machine."""
    comparable = results if cost in _OF_NO_MACHINE else on_one_machine(results)
    return {r.submission: value for r in comparable if (value := COSTS[cost](r)) is not None}
