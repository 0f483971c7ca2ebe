"""Conversations: each turn by itself, and a whole one, whose later answers count less."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from benchmark.scorers._answers import CUT, Answers, lists
from benchmark.scorers._measure import Measure
from benchmark.scorers._ranx import by_ranx

TITLE = "Conversations"

_PATIENCE = 4
"""Base of the logarithm that discounts turns, as the authors have it."""


def nsdcg(turns: Sequence[tuple[Sequence[str], Mapping[str, int]]]) -> float:
    """Normalised session DCG of (ids shown, grades) turn by turn; 0..1, 1 for the best lists.

    Järvelin, Price, Delcambre and Nielsen, ECIR 2008: the DCG of turn q is divided by
    1 + log4(q), the sum by that of ideal lists. Turns without relevant paintings count nothing.
    """
    got = best = 0.0
    for number, (ids, grades) in enumerate(turns, 1):
        discount = 1 + math.log(number, _PATIENCE)
        got += _dcg([grades.get(painting, 0) for painting in ids]) / discount
        best += _dcg(sorted(grades.values(), reverse=True)) / discount
    return got / best if best else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], 1))


def _turns(answers: Answers) -> dict[str, float]:
    return by_ranx(answers, f"ndcg@{CUT}")


def _sessions(answers: Answers) -> dict[str, float]:
    found, qrels = lists(answers), answers.judgments.qrels
    return {
        session: nsdcg([(found.get(turn, ()), qrels.get(turn, {})) for turn in turns])
        for session, turns in answers.judgments.sessions.items()
    }


MEASURES = (
    Measure(
        "turn_ndcg",
        "ndcg@10 of a turn of a conversation, asked with all said before",
        _turns,
        cut=CUT,
        needs=frozenset({"conversations"}),
    ),
    Measure(
        "nsdcg",
        "graded quality of the first 10 over a whole conversation, later turns counting less",
        _sessions,
        cut=CUT,
        source="Järvelin et al., ECIR 2008",
        unit="session",
        needs=frozenset({"conversations"}),
    ),
)
