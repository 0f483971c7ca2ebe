"""A graph search tried with other weights on topics for tuning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.collections.graph import load as load_graph
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.graph_search.searcher import GraphSearcher
from benchmark.graph_search.thesaurus import Thesaurus
from benchmark.graph_search.weights import GUESS, Weights
from benchmark.queries.load import QuerySet, of
from benchmark.records import Painting, Run
from benchmark.scorers import Answers, Judgments, compute
from benchmark.scorers.measures import DEPTH, MAIN
from benchmark.search.ranking import ranking
from benchmark.statistics import by_topic
from benchmark.training.recipe import Job
from benchmark.workspace import Workspace


@dataclass(frozen=True)
class Trial:
    """One collection's topics for tuning, and a searcher that stands before its graph."""

    name: str
    searcher: GraphSearcher
    queries: QuerySet
    paintings: tuple[str, ...]

    def ndcg(self, weights: Weights) -> float:
        """The mean over topics of the main measure."""
        self.searcher.weights = weights
        names = [query.id for query in self.queries.queries]
        found = self.searcher.search([query.text for query in self.queries.queries], DEPTH)
        run: Run = ranking(names, *found, set(self.paintings), DEPTH)
        judged = Judgments(qrels=self.queries.qrels, query_ids=tuple(names))
        values = compute((MAIN,), Answers(run, judged, len(self.paintings)))[MAIN.name]
        return float(np.mean([*by_topic(values, self.queries.queries).values()]))


def trials(job: Job, names: Sequence[str], thesaurus: Thesaurus) -> list[Trial]:
    """A trial for each collection. Raises BadInput where one is for tests, or has no graph."""
    workspace = Workspace.find(job.folder)
    found = []
    for name in names:
        place = find(name, workspace)
        if place.split != "dev":  # whatever it is called: a folder has any name
            raise BadInput(job.where("collections"), f"'{name}' is not for tuning", f"{name}-dev")
        if place.catalogue_graph is None:
            raise BadInput(job.where("collections"), f"'{name}' has no catalogue graph")
        collection = place.open()
        searcher = GraphSearcher(thesaurus, GUESS)
        searcher.graph(load_graph(place.catalogue_graph).store)
        searcher.index([Painting(id=one, metadata={}, image=None) for one in collection.ids])
        found.append(Trial(name, searcher, of(place, collection), collection.ids))
    return found
