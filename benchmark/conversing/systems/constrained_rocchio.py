"""The rewritten talk moved by likes and rejections, and constraints of the catalogue graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmark.conversing.feedback import reformulated
from benchmark.conversing.systems.rewritten_rocchio import WEIGHTS
from benchmark.conversing.talk import Known, System, Turn
from benchmark.conversing.wordings import JOINED, REWRITTEN

WEIGHT = 2.0
"""Of the constraints, beside scores whose deviation over the gallery is 1."""


def answer(turns: Sequence[Turn], known: Known, weight: float = WEIGHT) -> Sequence[str]:
    """The gallery by the moved query and how far paintings meet the constraints."""
    vectors, catalogue, asked = known.vectors, known.catalogue, turns[-1].questions
    assert vectors is not None and catalogue is not None, "only where there are both"
    scores = reformulated(
        turns, vectors, WEIGHTS, vectors.text(asked.get(REWRITTEN, asked[JOINED]))
    )
    met = catalogue.met([turn.said for turn in turns])
    rows = {name: row for row, name in enumerate(catalogue.ids)}
    kept = np.array([rows[painting] for painting in vectors.paintings])
    return vectors.best(scores + np.float32(weight) * met[kept])


SYSTEM = System(
    "constrained+rocchio",
    "the rewritten talk, moved by likes, rejections and pointing; and constraints of the catalogue "
    "graph carried along and revised",
    answer,
    needs_embeddings=True,
    needs_graph=True,
)
