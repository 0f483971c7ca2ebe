"""Conversations: each turn by itself, and a whole one, whose later answers count less."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from benchmark.conversing.talk import DEPTH
from benchmark.scorers._answers import CUT, Answers, lists
from benchmark.scorers._measure import Measure
from benchmark.scorers._ranx import by_ranx

TITLE = "Conversations"

_PATIENCE = 4
"""Base of the logarithm that discounts turns, as the authors have it."""


Turns = Sequence[tuple[Sequence[str], Mapping[str, int]]]
"""(ids shown, grades) turn by turn."""


def nsdcg(turns: Turns) -> float:
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


def ranks(turns: Turns) -> list[int]:
    """The best rank so far, from 1, after each turn, of what the whole session looks for.

    That is any painting of the greatest grade of its last turn. One that is not among the first
    30 counts as the 31st.
    """
    best, found = DEPTH + 1, list[int]()
    grades = turns[-1][1] if turns else {}
    top = max(grades.values(), default=0)
    for shown, _ in turns:
        at = (rank for rank, one in enumerate(shown[:DEPTH], 1) if top and grades.get(one) == top)
        best = min(best, next(at, best))
        found.append(best)
    return found


def hits(turns: Turns) -> list[float]:
    """After each turn: 1 if what the session looks for stood among the first 10 then or before.

    Hits@10 by round of ChatIR (Levy, Ben-Ari, Darshan and Lischinski, NeurIPS 2023).
    """
    return [float(rank <= CUT) for rank in ranks(turns)]


def bri(turns: Turns) -> float:
    """Best log Rank Integral of PlugIR (Lee, Yu, Park, Yi and Yoon, ACL 2024); 0 or more.

    With p the best rank so far (`ranks`) after turns 0..T: (log p0 + log pT) / 2T + the sum of
    log pt over the turns between / T; the smaller, the sooner it is found. Of a session of one
    turn, log p0.
    """
    logs = [math.log(rank) for rank in ranks(turns)]
    if len(logs) < 2:
        return logs[0] if logs else 0.0
    return ((logs[0] + logs[-1]) / 2 + sum(logs[1:-1])) / (len(logs) - 1)


def _dcg(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], 1))


def _turns(answers: Answers) -> dict[str, float]:
    return by_ranx(answers, f"ndcg@{CUT}")


def sessions(answers: Answers) -> dict[str, Turns]:
    """Session -> what was shown and what it was worth, turn by turn."""
    found, qrels = lists(answers), answers.judgments.qrels
    return {
        session: [(found.get(turn, ()), qrels.get(turn, {})) for turn in turns]
        for session, turns in answers.judgments.sessions.items()
    }


def _of_each(formula: Callable[[Turns], float]) -> Callable[[Answers], dict[str, float]]:
    return lambda answers: {name: formula(turns) for name, turns in sessions(answers).items()}


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
        _of_each(nsdcg),
        cut=CUT,
        source="Järvelin et al., ECIR 2008",
        unit="session",
        needs=frozenset({"conversations"}),
    ),
    Measure(
        "session_hit",
        "whether what a conversation comes to ask for stands among the first 10 at any turn",
        _of_each(lambda turns: max(hits(turns), default=0.0)),
        cut=CUT,
        source="Hits@10 of ChatIR, Levy et al., NeurIPS 2023",
        unit="session",
        needs=frozenset({"conversations"}),
    ),
    Measure(
        "bri",
        "how late what a conversation comes to ask for is found: mean log of the best rank so far",
        _of_each(bri),
        better="less",
        range=(0, math.log(DEPTH + 1)),
        source="Lee et al. (PlugIR), ACL 2024",
        unit="session",
        needs=frozenset({"conversations"}),
    ),
)
