"""A gallery's embeddings, searched by words and by what is pointed at, liked and rejected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmark.conversing.feedback import Weights, reformulated
from benchmark.conversing.talk import Rows, Turn, Vectors
from benchmark.demo.turns import Question
from benchmark.records import Run
from benchmark.search.exact import ExactIndex
from benchmark.search.ties import id_ranks, top_k

QUERY = "q"
WEIGHTS = Weights(refused=0.0, liked=0.5, rejected=0.25, pointed=1.25, fading=1.0)
"""Set by trying, not learned."""


class EmbeddedGallery:
    """Embeddings (n, d), float32, memory-mapped or not, of paintings by id."""

    def __init__(self, ids: Sequence[str], images: Rows) -> None:
        self._images, self._ids, self._ranks = images, ids, id_ranks(ids)
        self._index = ExactIndex(ids, images)
        self._vectors = Vectors((), images[:0], ids, images)

    @property
    def width(self) -> int:
        """Dimensions of the embeddings."""
        return self._index.width

    def search(self, words: Rows, question: Question, depth: int) -> Run:
        """The best `depth` paintings for the embedding (d,) of a question's words.

        Without anything pointed at, liked or rejected a score is the inner product. Else Rocchio's
        feedback is brought back to the mean and the spread that the words' inner products have, so
        that fusions may weigh both kinds alike.
        """
        if not (question.pointed or question.liked or question.rejected):
            return self._index.search([QUERY], words[np.newaxis], depth)
        turn = Turn({}, pointed=question.pointed, liked=question.liked, rejected=question.rejected)
        moved = reformulated([turn], self._vectors, WEIGHTS, words)
        plain = self._images @ words.astype(np.float32)
        scores = plain.mean() + plain.std() * moved
        best = top_k(scores, self._ranks, depth)
        return Run((QUERY,), (tuple(self._ids[row] for row in best),), (scores[best],))
