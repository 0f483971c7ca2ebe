"""Answers for a Reranker: a score for each picture beside one text."""

from __future__ import annotations

import numpy as np

from benchmark.abilities import Reranker
from benchmark.errors import SubmissionFailed
from benchmark.harness.worker import footprint
from benchmark.harness.worker.encoder_handler import numbers
from benchmark.harness.worker.requests import Answer, Request


class RerankerHandler:
    """A method a request."""

    def __init__(self, model: Reranker) -> None:
        self._model = model

    def rerank(self, request: Request) -> Answer:
        """Scores of the pictures that can be read, in the order they came in."""
        if not request.images:
            return {"unread": request.unread}, ()
        returned = self._model.rerank(request.head["text"], request.images)
        footprint.synchronise()
        scores, count = numbers(returned, "rerank"), len(request.images)
        if np.shape(scores) != (count,):
            raise SubmissionFailed(
                f"rerank returned shape {np.shape(scores)} for {count} pictures; wanted ({count},)"
            )
        return {"unread": request.unread}, (scores.data.cast("B"),)
