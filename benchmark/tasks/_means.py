"""Means with intervals, as sections show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from benchmark.records import Interval, Query
from benchmark.scorers import Scores
from benchmark.scorers.measures import MAIN
from benchmark.statistics import by_topic, interval, intervals


def means(scores: Scores, queries: Sequence[Query]) -> dict[str, Interval]:
    """Measure -> mean over topics with its interval; those of the same topics drawn together."""
    columns = {name: by_topic(values, queries) for name, values in scores.items()}
    found: dict[str, Interval] = {}
    for topics in {tuple(column) for column in columns.values()}:
        names = [name for name, column in columns.items() if tuple(column) == topics]
        table = np.array([[columns[name][topic] for name in names] for topic in topics])
        found |= dict(zip(names, intervals(table), strict=True))
    return {name: found[name] for name in scores}


def grouped(
    scores: Scores, queries: Sequence[Query], group: Callable[[Query], str]
) -> dict[str, dict[str, Interval]]:
    """Group -> main measure -> mean with its interval, for queries that name a group."""
    main = scores[MAIN.name]
    found: dict[str, dict[str, Interval]] = {}
    for name in sorted({group(query) for query in queries} - {""}):
        members = tuple(query for query in queries if group(query) == name)
        if any(query.id in main for query in members):
            found[name] = means({MAIN.name: main}, members)
    return found


def of_groups(groups: Mapping[str, Iterable[float]]) -> Interval:
    """The mean over groups of their means."""
    return interval(np.array([np.mean([*values]) for values in groups.values()]))
