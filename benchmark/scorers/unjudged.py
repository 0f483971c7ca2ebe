"""Where not every painting was judged: how many of those shown, and what the judged ones say."""

from __future__ import annotations

from benchmark.records import Run
from benchmark.scorers._answers import CUT, Answers, answered, lists
from benchmark.scorers._measure import Measure, Need
from benchmark.scorers._ranx import by_ranx

TITLE = "Where not all is judged"

_NEEDS: frozenset[Need] = frozenset({"incomplete judgments"})


def _judged(answers: Answers) -> dict[str, float]:
    found, qrels = lists(answers), answers.judgments.qrels
    return {
        query: sum(painting in qrels[query] for painting in found.get(query, ())[:CUT]) / CUT
        for query in answered(answers.judgments)
    }


def _condensed(answers: Answers) -> dict[str, float]:
    """ndcg of the lists without what nobody judged."""
    run, qrels = answers.run, answers.judgments.qrels
    ids = tuple(
        tuple(painting for painting in found if painting in qrels.get(query, ()))
        for query, found in zip(run.query_ids, run.ids, strict=True)
    )
    return by_ranx(Answers(Run(run.query_ids, ids, run.scores), answers.judgments), f"ndcg@{CUT}")


MEASURES = (
    Measure("judged", "share of the first 10 that somebody judged", _judged, CUT, needs=_NEEDS),
    Measure(
        "condensed_ndcg",
        "ndcg@10 of the list without paintings nobody judged",
        _condensed,
        CUT,
        source="Sakai, SIGIR 2007",
        needs=_NEEDS,
    ),
)
