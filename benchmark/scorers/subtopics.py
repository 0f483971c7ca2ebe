"""How many kinds of answer a list covers, by TREC's own ndeval (pyndeval)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.records import Run
from benchmark.scorers.relevance import Scores

Subtopics = Mapping[str, Sequence[tuple[str, str]]]
"""Query id -> (subtopic, painting id) of every painting that answers it, by the kind it is of."""

_NDEVAL = {"alpha_ndcg@10": "alpha-nDCG@10", "err_ia@10": "ERR-IA@10", "strec@10": "strec@10"}


def subtopic_measures(run: Run, subtopics: Subtopics, query_ids: Sequence[str]) -> Scores:
    """alpha-nDCG and ERR-IA (alpha = 0.5) and subtopic recall for queries that have subtopics.

    As ndeval has them: ERR-IA over that of a list with every kind at every rank, alpha-nDCG over a
    greedy best list. A query missing from the run scores 0.
    """
    from pyndeval import RelevanceEvaluator

    asked = [query for query in query_ids if subtopics.get(query)]
    judged = [(q, kind, painting, 1) for q in asked for kind, painting in subtopics[q]]
    lists = dict(zip(run.query_ids, run.ids, strict=True))
    ranked = (
        (query, painting, float(-rank))
        for query in asked
        for rank, painting in enumerate(lists.get(query, ())[:20])
    )
    values = RelevanceEvaluator(judged, _NDEVAL.values()).evaluate(ranked)
    nothing = dict.fromkeys(_NDEVAL.values(), 0.0)
    return {
        name: {query: float(values.get(query, nothing)[theirs]) for query in asked}
        for name, theirs in _NDEVAL.items()
    }
