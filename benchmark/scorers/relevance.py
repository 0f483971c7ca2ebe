"""Relevance measures by ranx, fed so that ties, short lists and odd ids cannot sway it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Qrels, Run
from benchmark.scorers.measures import CUT, DEPTH, RELEVANCE

Scores = dict[str, dict[str, float]]
"""Measure name -> query id -> value."""

_BINARY = "rbp.8"
"""ranx weighs this one by grades; it is defined for relevant or not (Moffat and Zobel 2008)."""


def relevance(run: Run, qrels: Qrels, query_ids: Sequence[str]) -> Scores:
    """Every measure of RELEVANCE for each of `query_ids`, which must have relevant paintings.

    A query missing from the run scores 0. ranx takes arrays of (id, value); it gets numbers for
    ids, because it would otherwise hash strings into floats, and ranks for scores, because it
    breaks ties arbitrarily. Lists are filled up to the depth with paintings nobody judged: ranx
    divides precision@5 by the length of a shorter list, trec_eval by 5.
    """
    lists = dict(zip(run.query_ids, run.ids, strict=True))
    graded = {query: qrels[query] for query in query_ids}
    binary = {query: {p: int(g > 0) for p, g in graded[query].items()} for query in query_ids}
    names = [measure.name for measure in RELEVANCE if measure.name != _BINARY]
    found = _evaluate(lists, graded, names) | _evaluate(lists, binary, [_BINARY])
    return {measure.name: found[measure.name] for measure in RELEVANCE}


def unjudged(run: Run, qrels: Qrels, query_ids: Sequence[str]) -> Scores:
    """How much of the first ten was judged, and ndcg@10 without what was not (Sakai 2007)."""
    lists = dict(zip(run.query_ids, run.ids, strict=True))
    graded = {query: qrels[query] for query in query_ids}
    condensed = {
        query: [painting for painting in lists.get(query, ()) if painting in graded[query]]
        for query in query_ids
    }
    share = {
        query: sum(painting in graded[query] for painting in lists.get(query, ())[:CUT]) / CUT
        for query in query_ids
    }
    kept = _evaluate(condensed, graded, ["ndcg@10"])
    return {"judged@10": share, "ndcg@10-condensed": kept["ndcg@10"]}


def _evaluate(lists: Mapping[str, Sequence[str]], graded: Qrels, names: Sequence[str]) -> Scores:
    """ranx's values for lists of painting ids, query by query."""
    from numba.typed import List
    from ranx import evaluate

    judged, ranked = List(), List()
    for query, grades in graded.items():
        numbers = {painting: float(i) for i, painting in enumerate(grades)}
        judged.append(_judgments(list(grades.values())))
        ranked.append(_ranking([numbers.get(p) for p in lists.get(query, ())]))
    ranx_names = [_ranx_name(name) for name in names]
    # Asked for one measure only, ranx gives its values bare, and stumbles over rbp.
    values = evaluate(judged, ranked, [*ranx_names, "hits"], return_mean=False)
    return {
        name: dict(zip(graded, map(float, values[ranx_name]), strict=True))
        for name, ranx_name in zip(names, ranx_names, strict=True)
    }


def _judgments(grades: list[int]) -> NDArray[np.float64]:
    """Rows of (painting number, grade), best first: ranx reads the ideal list off this order."""
    table = np.column_stack([np.arange(len(grades)), np.array(grades)]).astype(np.float64)
    return table[np.argsort(-table[:, 1], kind="stable")]


def _ranking(numbers: list[float | None]) -> NDArray[np.float64]:
    """Rows of (painting number, score), scores DEPTH..1 by rank; unjudged ones get -1, -2, ..."""
    padded = [*numbers, *[None] * (DEPTH - len(numbers))][:DEPTH]
    unknown = -np.arange(1.0, DEPTH + 1)
    ids = [unknown[rank] if number is None else number for rank, number in enumerate(padded)]
    return np.column_stack([np.array(ids), np.arange(DEPTH, 0, -1.0)])


def _ranx_name(name: str) -> str:
    """ranx writes the relevance level last (recall@10-l2), the board first (recall-l2@10)."""
    stem, _, cut = name.partition("@")
    base, level, number = stem.partition("-l")
    return base + (f"@{cut}" if cut else "") + (level + number)
