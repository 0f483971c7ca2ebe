"""From a run to what the board shows of it: values per query, means, intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results.schema import Asked, Interval
from benchmark.results.statistics import by_topic, interval
from benchmark.scorers.measures import MAIN
from benchmark.scorers.relevance import Scores, relevance


def score(run: Run, query_set: QuerySet) -> Scores:
    """Every measure for every query that has a relevant painting."""
    unanswered = set(query_set.unanswered)
    asked = [query.id for query in query_set.queries if query.id not in unanswered]
    return relevance(run, query_set.qrels, asked)


def summary(scores: Scores, query_set: QuerySet, split: str = "test") -> dict[str, Any]:
    """The fields of a Result that follow from scores: queries, measures, categories, languages."""
    queries = query_set.queries
    return {
        "queries": Asked(
            split=split,
            queries=len(queries),
            topics=len({query.topic for query in queries}),
            texts_digest=query_set.texts_digest,
            qrels_digest=query_set.qrels_digest,
            unanswered=query_set.unanswered,
        ),
        "measures": {name: _mean(values, queries) for name, values in scores.items()},
        "categories": _by(scores, queries, lambda query: query.category),
        "languages": _by(scores, queries, lambda query: query.language),
    }


def _by(
    scores: Scores, queries: tuple[Query, ...], group: Callable[[Query], str]
) -> dict[str, dict[str, Interval]]:
    """Group -> main measure -> mean with its interval, for queries that name a group."""
    found: dict[str, dict[str, Interval]] = {}
    for name in sorted({group(query) for query in queries} - {""}):
        members = tuple(query for query in queries if group(query) == name)
        if any(query.id in scores[MAIN.name] for query in members):
            found[name] = {MAIN.name: _mean(scores[MAIN.name], members)}
    return found


def _mean(values: dict[str, float], queries: tuple[Query, ...]) -> Interval:
    return interval(np.array(list(by_topic(values, queries).values())))
