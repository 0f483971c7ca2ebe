"""The submissions of one collection beside one another, from their stored values."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.records import Query
from benchmark.results.comparison import ByTopic, Comparison, compare_all, places
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.statistics import by_topic


class Standing:
    """Values by topic of a measure, all pairs compared, and the places that leaves open."""

    def __init__(
        self,
        store: Store,
        results: Sequence[Result],
        queries: Sequence[Query],
        measure: str = MAIN.name,
    ) -> None:
        self.values: dict[str, ByTopic] = {}
        for result in results:
            scores = store.scores(result.collection.name, result.submission)
            if measure in scores:
                self.values[result.submission] = by_topic(scores[measure], queries)
        self.pairs: list[Comparison] = compare_all(self.values)
        self.places = places(list(self.values), self.pairs)
