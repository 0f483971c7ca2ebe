"""Answers for a Searcher: the gallery it is shown, and the lists it finds."""

from __future__ import annotations

import json
from functools import partial

import numpy as np

from benchmark.abilities import Searcher
from benchmark.collections.decoding import decoded
from benchmark.harness.worker import footprint
from benchmark.harness.worker.requests import Answer, Request, parts
from benchmark.records import Painting
from benchmark.search.ranking import ranking


class SearcherHandler:
    """A method a request. It knows the names that paintings were shown under."""

    def __init__(self, model: Searcher) -> None:
        self._model = model
        self._ids: list[str] = []

    def index(self, request: Request) -> Answer:
        self._ids, metadata = request.head["ids"], request.head["metadata"]
        pictures = parts(request)
        self._model.index(
            [
                Painting(
                    id=name,
                    metadata=metadata[place] if metadata else {},
                    image=partial(decoded, pictures[place]) if pictures else None,
                )
                for place, name in enumerate(self._ids)
            ]
        )
        return {}, ()

    def search(self, request: Request) -> Answer:
        texts, k = json.loads(request.body), request.head["k"]
        ids, scores = self._model.search(texts, k)
        run = ranking([str(n) for n in range(len(texts))], ids, scores, set(self._ids), k)
        at = {name: place for place, name in enumerate(self._ids)}
        places = np.array([at[name] for found in run.ids for name in found], np.int32)
        values = np.concatenate([np.zeros(0, np.float32), *run.scores])
        return {"lengths": [len(found) for found in run.ids]}, (places.tobytes(), values.tobytes())

    def operations(self, request: Request) -> Answer:
        """Floating-point operations of one text."""
        model, text = self._model, request.head["text"]
        return {"flops_per_query": footprint.flops(lambda: model.search([text], 10))}, ()
