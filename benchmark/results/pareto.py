"""Which submissions nobody beats: at least as good and at most as dear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmark.results.comparison import Comparison


def front(costs: Mapping[str, float], compared: Iterable[Comparison]) -> set[str]:
    """Names of those that no other dominates.

    One is dominated only by another that costs no more and is better beyond doubt (corrected
    test): a difference that may be chance takes nobody off the front.
    """
    beaten: set[str] = set()
    for pair in compared:
        if pair.differs:
            better, worse = (pair.a, pair.b) if pair.difference.mean > 0 else (pair.b, pair.a)
            if better in costs and worse in costs and costs[better] <= costs[worse]:
                beaten.add(worse)
    return set(costs) - beaten
