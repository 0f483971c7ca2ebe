"""Rocchio's feedback over embeddings: towards what is liked and pointed at, away from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.conversing.talk import Rows, Turn, Vectors
from benchmark.conversing.wordings import LAST, REFUSED, WANTED


@dataclass(frozen=True)
class Weights:
    """How much each part counts; what is wanted counts 1."""

    refused: float
    """Of each text that is refused, subtracted."""
    liked: float
    rejected: float
    pointed: float
    fading: float
    """What is left of a turn's words and reactions one turn later."""


def reformulated(
    turns: Sequence[Turn], vectors: Vectors, weights: Weights, text: Rows | None = None
) -> Rows:
    """(n,) The score of each painting for the last turn.

    Rocchio 1971, the query moved by the mean of what was liked and of what was rejected. Each part
    is brought to one spread of scores over the gallery first (the same as a scaled vector), since
    texts and pictures lie apart in most embeddings and would not weigh alike. `text` (d,) is what
    is wanted; without it the words of all turns are, fading. What she did before a turn that takes
    something back no longer counts: it was of another wish.
    """
    total = np.zeros(len(vectors.paintings), np.float32)
    if text is not None:
        total += vectors.scores(text)
    holds = True
    for ago, turn in enumerate(reversed(turns)):
        left = weights.fading**ago
        if text is None:
            asked = turn.questions.get(WANTED)
            if asked is None and REFUSED not in turn.questions:
                asked = turn.questions[LAST]
            if asked is not None:
                total += left * vectors.scores(vectors.text(asked))
        if REFUSED in turn.questions:
            total -= weights.refused * vectors.scores(vectors.text(turn.questions[REFUSED]))
        if holds and turn.pointed is not None:
            total += left * weights.pointed * vectors.scores(vectors.picture(turn.pointed))
        for weight, paintings in ((weights.liked, turn.liked), (-weights.rejected, turn.rejected)):
            if holds and paintings:
                mean = np.mean([vectors.picture(one) for one in paintings], axis=0)
                total += left * weight * vectors.scores(mean)
        holds = holds and not turn.takes_back
    return total
