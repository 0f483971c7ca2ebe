"""Answers for a GraphReader: it is given the catalogue graph."""

from __future__ import annotations

from benchmark.abilities import GraphReader
from benchmark.harness.worker.requests import Answer, Request


class GraphHandler:
    """A method a request."""

    def __init__(self, model: GraphReader) -> None:
        self._model = model

    def graph(self, request: Request) -> Answer:
        """A store of this process alone, read from the file that is bound in read-only."""
        from pyoxigraph import RdfFormat, Store

        store = Store()
        store.bulk_load(path=request.head["path"], format=RdfFormat.TURTLE)
        self._model.graph(store)
        return {}, ()
