"""Answers for an Explainer: the triples that speak for paintings it found."""

from __future__ import annotations

import json

from benchmark.abilities import Explainer
from benchmark.harness.worker.requests import Answer, Request


class ExplainerHandler:
    """A method a request."""

    def __init__(self, model: Explainer) -> None:
        self._model = model

    def explain(self, request: Request) -> Answer:
        """For each text and each of its paintings, how many triples; in the body all of them."""
        counts: list[int] = []
        lines: list[str] = []
        for text, ids in json.loads(request.body):
            for triples in self._model.explain(text, ids):
                counts.append(len(triples))
                lines += [f"{subject} {verb} {object_} ." for subject, verb, object_ in triples]
        return {"counts": counts}, ("\n".join(lines).encode(),)
