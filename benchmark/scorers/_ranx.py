"""ranx, fed so that ties, short lists and odd ids cannot sway it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.scorers._answers import DEPTH, Answers, Judgments, answered, lists
from benchmark.scorers._once import once


def by_ranx(answers: Answers, metric: str, binary: bool = False) -> dict[str, float]:
    """ranx's values of one of its metrics for every query that has a relevant painting.

    A query missing from the run scores 0. ranx takes arrays of (id, value); it gets numbers for
    ids, because it would otherwise hash strings into floats, and ranks for scores, because it
    breaks ties arbitrarily. Lists are filled up to the depth with paintings nobody judged: ranx
    divides precision@5 by the length of a shorter list, trec_eval by 5. `binary`: grades above 0
    are all 1.
    """
    queries = answered(answers.judgments)
    if not queries:
        return {}
    from ranx import evaluate

    judged, ranked = _judged(answers.judgments, binary), _ranked(answers)
    # Asked for one measure only, ranx gives its values bare, and stumbles over rbp.
    values = evaluate(judged, ranked, [metric, "hits"], return_mean=False)[metric]
    return dict(zip(queries, values.tolist(), strict=True))


@once
def _judged(judgments: Judgments, binary: bool) -> Any:
    """numba's list of arrays of judgments, one a query."""
    grades = [np.array([*judgments.qrels[q].values()]) for q in answered(judgments)]
    return _typed([_best_first((g > 0).astype(g.dtype) if binary else g) for g in grades])


@once
def _ranked(answers: Answers) -> Any:
    """numba's list of arrays of ranked paintings, one a query."""
    numbered, found = _numbers(answers.judgments), lists(answers)
    return _typed([_ranking(found.get(query, ()), numbers) for query, numbers in numbered.items()])


@once
def _numbers(judgments: Judgments) -> dict[str, dict[str, int]]:
    """Query -> painting -> number, in the order judged."""
    return {
        query: {painting: number for number, painting in enumerate(judgments.qrels[query])}
        for query in answered(judgments)
    }


def _typed(arrays: Sequence[NDArray[np.float64]]) -> Any:
    from numba.typed import List

    found = List()
    for array in arrays:
        found.append(array)
    return found


def _best_first(grades: NDArray[np.int64]) -> NDArray[np.float64]:
    """Rows of (painting number, grade), best first: ranx reads the ideal list off this order."""
    order = np.argsort(-grades, kind="stable")
    return np.column_stack([order, grades[order]]).astype(np.float64)


def _ranking(paintings: Sequence[str], numbers: Mapping[str, int]) -> NDArray[np.float64]:
    """Rows of (painting number, score), scores DEPTH..1 by rank; unjudged ones get -1, -2, ..."""
    found = np.empty((DEPTH, 2))
    found[:, 0] = -np.arange(1, DEPTH + 1)
    found[:, 1] = np.arange(DEPTH, 0, -1)
    shown = paintings[:DEPTH]
    found[: len(shown), 0] = [numbers.get(p, ~rank) for rank, p in enumerate(shown)]
    return found
