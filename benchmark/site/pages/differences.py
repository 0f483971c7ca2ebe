"""A page for each leaderboard: all differences, its fronts, and what its queries can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.results.comparison import Comparison, health
from benchmark.results.pareto import front
from benchmark.site.fronts import COSTS, costs_of
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render


@dataclass(frozen=True)
class _Difference:
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


def draw(site: Site) -> Files:
    """A page a leaderboard."""
    for board in site.boards:
        yield PAGE.path.format(collection=board.path), _page(board)


def _page(board: Leaderboard) -> str:
    standing, queries = board.standing, board.query_set.queries
    category = {query.topic: query.category for query in queries}
    found = health(standing.values, category)
    of = {query.topic: query for query in reversed(queries)}  # the first one of each topic
    hardest = sorted(found.difficulty.items(), key=lambda item: (-item[1], item[0]))[:10]
    groups: dict[str, list[float]] = {}
    for topic, value in found.difficulty.items():
        groups.setdefault(category[topic], []).append(value)
    return render(
        "differences.md.j2",
        board=board,
        pairs=sorted((_told(pair) for pair in standing.pairs), key=lambda told: -told.by),
        fronts=_fronts(board),
        health=found,
        hardness={name: float(np.mean(values)) for name, values in groups.items()},
        hardest=[(of[topic], 1 - value) for topic, value in hardest],
    )


def _told(pair: Comparison) -> _Difference:
    gap, sign = pair.difference, 1 if pair.difference.mean >= 0 else -1
    better, worse = (pair.a, pair.b) if sign > 0 else (pair.b, pair.a)
    low, high = sorted((sign * gap.low, sign * gap.high))
    return _Difference(
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


def _fronts(board: Leaderboard) -> dict[str, list[str]]:
    """Cost -> names on its front, cheapest first."""
    found: dict[str, list[str]] = {}
    for name in COSTS:
        if costs := costs_of(board.results, name):
            best = front(costs, board.standing.pairs)
            found[name] = sorted(best, key=lambda n: (costs[n], n))
    return found


PAGE = Page(path="differences/{collection}.md", title="Differences", draw=draw)
