"""The page of all differences on a collection, of its fronts and of what its queries can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmark.results.comparison import Comparison, health
from benchmark.results.machines import on_one_machine
from benchmark.results.pareto import front
from benchmark.results.schema import Result
from benchmark.results.self_reported import parameters
from benchmark.site.gallery import Gallery
from benchmark.site.render import render

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


@dataclass(frozen=True)
class _Row:
    """A comparison told from the better side."""

    better: str
    worse: str
    by: float
    low: float
    high: float
    p: float
    effect: float
    detectable: float
    differs: bool


def differences(gallery: Gallery) -> str:
    """The page as Markdown."""
    standing, queries = gallery.standing, gallery.query_set.queries
    category = {query.topic: query.category for query in queries}
    found = health(standing.values, category)
    of = {query.topic: query for query in reversed(queries)}  # the first one of each topic
    hardest = sorted(found.difficulty.items(), key=lambda item: (-item[1], item[0]))[:10]
    groups: dict[str, list[float]] = {}
    for topic, value in found.difficulty.items():
        groups.setdefault(category[topic], []).append(value)
    return render(
        "differences.md.j2",
        gallery=gallery,
        pairs=sorted((_told(pair) for pair in standing.pairs), key=lambda row: -row.by),
        fronts=_fronts(gallery),
        health=found,
        hardness={name: float(np.mean(values)) for name, values in groups.items()},
        hardest=[(of[topic], 1 - value) for topic, value in hardest],
    )


def _told(pair: Comparison) -> _Row:
    gap, sign = pair.difference, 1 if pair.difference.mean >= 0 else -1
    better, worse = (pair.a, pair.b) if sign > 0 else (pair.b, pair.a)
    low, high = sorted((sign * gap.low, sign * gap.high))
    return _Row(
        better,
        worse,
        sign * gap.mean,
        low,
        high,
        pair.corrected,
        sign * pair.effect,
        pair.detectable,
        pair.differs,
    )


def comparable(gallery: Gallery, cost: str) -> list[Result]:
    """Results whose cost may be compared: of the machine that most were measured on."""
    return gallery.results if cost in _OF_NO_MACHINE else on_one_machine(gallery.results)


def _fronts(gallery: Gallery) -> dict[str, list[str]]:
    """Cost -> names on its front, cheapest first."""
    found: dict[str, list[str]] = {}
    for name, cost in COSTS.items():
        costs = {
            result.submission: value
            for result in comparable(gallery, name)
            if (value := cost(result)) is not None
        }
        if costs:
            best = front(costs, gallery.standing.pairs)
            found[name] = sorted(best, key=lambda n: (costs[n], n))
    return found
