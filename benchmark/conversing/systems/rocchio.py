"""Rocchio: the embeddings of all turns, moved by what was liked, rejected and pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.feedback import Weights, reformulated
from benchmark.conversing.talk import Known, System, Turn

WEIGHTS = Weights(refused=0.3, liked=0.8, rejected=0.0, pointed=0.0, fading=0.8)


def answer(turns: Sequence[Turn], known: Known, weights: Weights = WEIGHTS) -> Sequence[str]:
    """The gallery by the moved query."""
    assert known.vectors is not None, "only where there are embeddings"
    return known.vectors.best(reformulated(turns, known.vectors, weights))


SYSTEM = System(
    "rocchio",
    "embeddings of the turns, moved by likes, rejections and pointing; what is refused subtracted",
    answer,
    needs_embeddings=True,
)
