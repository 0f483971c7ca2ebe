"""The rewritten talk, moved by what was liked, rejected and pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.feedback import Weights, reformulated
from benchmark.conversing.talk import Known, System, Turn
from benchmark.conversing.wordings import JOINED, REWRITTEN

WEIGHTS = Weights(refused=0.2, liked=0.8, rejected=0.5, pointed=0.0, fading=0.8)


def answer(turns: Sequence[Turn], known: Known, weights: Weights = WEIGHTS) -> Sequence[str]:
    """The gallery by the moved query."""
    vectors, asked = known.vectors, turns[-1].questions
    assert vectors is not None, "only where there are embeddings"
    text = vectors.text(asked.get(REWRITTEN, asked[JOINED]))
    return vectors.best(reformulated(turns, vectors, weights, text))


SYSTEM = System(
    "rewritten+rocchio",
    "the rewritten talk, moved by likes, rejections and pointing; what is refused subtracted",
    answer,
    needs_embeddings=True,
)
