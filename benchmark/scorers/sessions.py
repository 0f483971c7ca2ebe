"""A conversation as a whole: later answers count less, for they cost more patience."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from benchmark.scorers.measures import CUT

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
