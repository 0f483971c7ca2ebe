"""What a worker does for each request, by the ability it needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.abilities import Bounded, Counted, Encoder, Searcher
from benchmark.adapters import load as load_model
from benchmark.collections.decoding import decoded
from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.limits import hold
from benchmark.harness.worker import footprint
from benchmark.harness.worker.requests import Request, parts
from benchmark.records import Painting
from benchmark.search.ranking import ranking
from benchmark.submission import Submission

Answer = tuple[dict[str, Any], Sequence[bytes | memoryview]]


class Worker:
    """One model and its handlers, named as requests name them."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._model: Encoder | Searcher | None = None
        self._ids: list[str] = []

    def answer(self, request: Request) -> Answer:
        """The head and the body of the answer. What a model raises passes."""
        answer: Answer = getattr(self, f"_{request.do}")(request)
        return answer

    def _load(self, request: Request) -> Answer:
        manifest = Submission.model_validate(request.head["manifest"])
        self.folder = Path(request.head["folder"])
        snapshot = request.head["snapshot"]
        hold(manifest.limits, request.head["walled"])
        self._model = load_model(
            self.folder,
            manifest.model,
            Path(snapshot) if snapshot else None,
            request.head["device"],
        )
        kind = "encoder" if isinstance(self._model, Encoder) else "searcher"
        return {"kind": kind, "cuda": footprint.on_cuda()}, ()

    def _texts(self, request: Request) -> Answer:
        texts = json.loads(request.body)
        return _embedded(self._encoder.encode_texts(texts), "encode_texts", len(texts))

    def _pictures(self, request: Request) -> Answer:
        if not request.images:
            return {"shape": [0, 0], "unread": request.unread}, ()
        returned = self._encoder.encode_images(request.images)
        head, body = _embedded(returned, "encode_images", len(request.images))
        return head | {"unread": request.unread}, body

    def _pixels(self, request: Request) -> Answer:
        returned = self._encoder.encode_images(request.images)
        return _embedded(returned, "encode_images", len(request.images))

    def _index(self, request: Request) -> Answer:
        self._ids, metadata = request.head["ids"], request.head["metadata"]
        pictures = parts(request)
        self._searcher.index(
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

    def _search(self, request: Request) -> Answer:
        texts, k = json.loads(request.body), request.head["k"]
        ids, scores = self._searcher.search(texts, k)
        run = ranking([str(n) for n in range(len(texts))], ids, scores, set(self._ids), k)
        at = {name: place for place, name in enumerate(self._ids)}
        places = np.array([at[name] for found in run.ids for name in found], np.int32)
        values = np.concatenate([np.zeros(0, np.float32), *run.scores])
        return {"lengths": [len(found) for found in run.ids]}, (places.tobytes(), values.tobytes())

    def _told(self, request: Request) -> Answer:
        """What only this process can tell of the model: its own word."""
        model, texts = self._model, json.loads(request.body)
        allocated, reserved = footprint.device_mb()
        head: dict[str, Any] = {"allocated_mb": allocated, "reserved_mb": reserved}
        if isinstance(model, Counted):
            head["parameters"] = model.parameters()
        if isinstance(model, Bounded):
            head["truncated"] = model.truncated(texts)
        return head, ()

    def _operations(self, request: Request) -> Answer:
        """Floating-point operations of one text, and of one picture where the model sees any."""
        if isinstance(self._model, Encoder):
            model, image = self._model, decoded(request.body)
            picture = footprint.flops(lambda: model.encode_images([image]))
            query = footprint.flops(lambda: model.encode_texts([request.head["text"]]))
        else:
            searcher = self._searcher
            picture = None
            query = footprint.flops(lambda: searcher.search([request.head["text"]], 10))
        return {"flops_per_picture": picture, "flops_per_query": query}, ()

    def _echo(self, request: Request) -> Answer:
        """As many bytes back as are asked for: what the channel itself takes."""
        return {"echo": True}, (bytes(request.head["back"]),)

    @property
    def _encoder(self) -> Encoder:
        if not isinstance(self._model, Encoder):
            raise SubmissionFailed("is no Encoder")
        return self._model

    @property
    def _searcher(self) -> Searcher:
        if not isinstance(self._model, Searcher):
            raise SubmissionFailed("is no Searcher")
        return self._model


def _embedded(returned: object, method: str, count: int) -> Answer:
    """What an encoder returned as float32 rows, if it can be that: (count, d), any memory order."""
    footprint.synchronise()
    try:
        if returned is None:  # a forgotten return; NumPy would take it for a NaN
            raise TypeError
        rows: NDArray[np.float32] = np.ascontiguousarray(returned, dtype=np.float32)
    except (TypeError, ValueError):
        raise SubmissionFailed(
            f"{method} returned {type(returned).__name__}, not an array of numbers"
        ) from None
    if rows.ndim != 2 or len(rows) != count or rows.shape[1] == 0:
        raise SubmissionFailed(
            f"{method} returned shape {np.shape(rows)} for {count} inputs; wanted ({count}, d)"
        )
    return {"shape": list(rows.shape)}, (rows.data.cast("B"),)
