"""One model and what answers for it: a handler an ability, found by what is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmark.abilities import Ability, Bounded, Counted, abilities
from benchmark.adapters import load as load_model
from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.limits import hold
from benchmark.harness.worker import footprint
from benchmark.harness.worker.captioner_handler import CaptionerHandler
from benchmark.harness.worker.encoder_handler import EncoderHandler
from benchmark.harness.worker.explainer_handler import ExplainerHandler
from benchmark.harness.worker.graph_handler import GraphHandler
from benchmark.harness.worker.requests import Answer, Request
from benchmark.harness.worker.reranker_handler import RerankerHandler
from benchmark.harness.worker.searcher_handler import SearcherHandler
from benchmark.submission import Submission

_HANDLERS: dict[Ability, Any] = {
    "Encoder": EncoderHandler,
    "Searcher": SearcherHandler,
    "Reranker": RerankerHandler,
    "Captioner": CaptionerHandler,
    "GraphReader": GraphHandler,
    "Explainer": ExplainerHandler,
}
"""Made with the model; a public method answers the request of its name."""

_ASKED: dict[str, Ability] = {
    "encode_texts": "Encoder",
    "encode_images": "Encoder",
    "encode_pixels": "Encoder",
    "index": "Searcher",
    "search": "Searcher",
    "rerank": "Reranker",
    "caption": "Captioner",
    "graph": "GraphReader",
    "explain": "Explainer",
}
"""Request -> the ability that it needs."""


class Worker:
    """Makes one model, and answers what is asked of it."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._model: object = None
        self._handlers: dict[Ability, Any] = {}

    def answer(self, request: Request) -> Answer:
        """The head and the body of the answer. What a model raises passes."""
        ability = _ASKED.get(request.do)
        if ability is not None and ability not in self._handlers:
            raise SubmissionFailed(f"is no {ability}")
        handler = self if ability is None else self._handlers[ability]
        answer: Answer = getattr(handler, request.do)(request)
        return answer

    def load(self, request: Request) -> Answer:
        """Make the model, once its limits hold."""
        manifest = Submission.model_validate(request.head["manifest"])
        self.folder = Path(request.head["folder"])
        snapshot = request.head["snapshot"]
        hold(manifest.limits, request.head["walled"])
        at = Path(snapshot) if snapshot else None
        self._model = load_model(self.folder, manifest.own_model, at, request.head["device"])
        found = abilities(self._model)
        self._handlers = {ability: _HANDLERS[ability](self._model) for ability in found}
        return {"abilities": found, "cuda": footprint.on_cuda()}, ()

    def told(self, request: Request) -> Answer:
        """What only this process can tell of the model: its own word."""
        model, texts = self._model, json.loads(request.body)
        allocated, reserved = footprint.device_mb()
        head: dict[str, Any] = {"allocated_mb": allocated, "reserved_mb": reserved}
        if isinstance(model, Counted):
            head["parameters"] = model.parameters()
        if isinstance(model, Bounded):
            head["truncated"] = model.truncated(texts)
        return head, ()

    def operations(self, request: Request) -> Answer:
        """Floating-point operations of one text and one picture, of what finds paintings."""
        for ability in ("Encoder", "Searcher"):
            if ability in self._handlers:
                found: Answer = self._handlers[ability].operations(request)
                return found
        return {}, ()

    def echo(self, request: Request) -> Answer:
        """As many bytes back as are asked for: what the channel itself takes."""
        return {"echo": True}, (bytes(request.head["back"]),)
