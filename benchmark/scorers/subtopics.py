"""Diversity: how many kinds of answer a list covers, by TREC's own ndeval (pyndeval)."""

from __future__ import annotations

from functools import partial
from typing import Any

from benchmark.scorers._answers import Answers, Judgments, answered, lists
from benchmark.scorers._measure import Measure, Need
from benchmark.scorers._once import once

TITLE = "Diversity"

_NEEDS: frozenset[Need] = frozenset({"subtopics"})
_METRICS = ("alpha-nDCG@10", "ERR-IA@10", "strec@10")


def _by_ndeval(answers: Answers, metric: str) -> dict[str, float]:
    """ndeval's values (alpha = 0.5) for queries that have subtopics.

    ERR-IA over that of a list with every kind at every rank, alpha-nDCG over a greedy best list.
    A query missing from the run scores 0.
    """
    values = _values(answers)
    return {query: values.get(query, {}).get(metric, 0.0) for query in _asked(answers.judgments)}


@once
def _values(answers: Answers) -> dict[str, dict[str, float]]:
    """ndeval's answers to all of _METRICS, which it has from one pass over the lists."""
    found = lists(answers)
    ranked = (
        (query, painting, float(-rank))
        for query in _asked(answers.judgments)
        for rank, painting in enumerate(found.get(query, ())[:20])
    )
    values: dict[str, dict[str, float]] = _evaluator(answers.judgments).evaluate(ranked)
    return values


@once
def _evaluator(judgments: Judgments) -> Any:
    from pyndeval import RelevanceEvaluator

    subtopics = judgments.subtopics
    judged = [(q, kind, p, 1) for q in _asked(judgments) for kind, p in subtopics[q]]
    return RelevanceEvaluator(judged, _METRICS)


@once
def _asked(judgments: Judgments) -> list[str]:
    return [query for query in answered(judgments) if judgments.subtopics.get(query)]


MEASURES = (
    Measure(
        "alpha_ndcg",
        "as ndcg@10, but a second painting of the same kind counts half",
        partial(_by_ndeval, metric="alpha-nDCG@10"),
        cut=10,
        source="Clarke et al., SIGIR 2008",
        needs=_NEEDS,
    ),
    Measure(
        "err_ia",
        "how soon each kind of painting asked for is met, averaged over kinds",
        partial(_by_ndeval, metric="ERR-IA@10"),
        cut=10,
        source="Chapelle et al., Information Retrieval 14, 2011",
        needs=_NEEDS,
    ),
    Measure(
        "strec",
        "share of the kinds of painting that the first 10 cover",
        partial(_by_ndeval, metric="strec@10"),
        cut=10,
        source="Zhai, Cohen and Lafferty, SIGIR 2003",
        needs=_NEEDS,
    ),
)
