"""Answers for an Encoder: embeddings of texts and pictures."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from benchmark.abilities import Encoder
from benchmark.collections.decoding import decoded
from benchmark.errors import SubmissionFailed
from benchmark.harness.worker import footprint
from benchmark.harness.worker.requests import Answer, Request


class EncoderHandler:
    """A method a request."""

    def __init__(self, model: Encoder) -> None:
        self._model = model

    def encode_texts(self, request: Request) -> Answer:
        texts = json.loads(request.body)
        return embedded(self._model.encode_texts(texts), "encode_texts", len(texts))

    def encode_images(self, request: Request) -> Answer:
        """Pictures that came encoded; those that cannot be read have no embedding."""
        if not request.images:
            return {"shape": [0, 0], "unread": request.unread}, ()
        returned = self._model.encode_images(request.images)
        head, body = embedded(returned, "encode_images", len(request.images))
        return head | {"unread": request.unread}, body

    def encode_pixels(self, request: Request) -> Answer:
        """Pictures that were decoded beforehand."""
        returned = self._model.encode_images(request.images)
        return embedded(returned, "encode_images", len(request.images))

    def operations(self, request: Request) -> Answer:
        """Floating-point operations of one picture and of one text."""
        model, image = self._model, decoded(request.body)
        picture = footprint.flops(lambda: model.encode_images([image]))
        query = footprint.flops(lambda: model.encode_texts([request.head["text"]]))
        return {"flops_per_picture": picture, "flops_per_query": query}, ()


def embedded(returned: object, method: str, count: int) -> Answer:
    """What an encoder returned, if it can be embeddings: (count, d) float32, any memory order."""
    footprint.synchronise()
    found = numbers(returned, method)
    if found.ndim != 2 or len(found) != count or found.shape[1] == 0:
        raise SubmissionFailed(
            f"{method} returned shape {np.shape(found)} for {count} inputs; wanted ({count}, d)"
        )
    return {"shape": list(found.shape)}, (found.data.cast("B"),)


def numbers(returned: object, method: str) -> NDArray[np.float32]:
    """What a method returned as float32. Raises SubmissionFailed where it is no array of them."""
    try:
        if returned is None:  # a forgotten return; NumPy would take it for a NaN
            raise TypeError
        return np.ascontiguousarray(returned, dtype=np.float32)
    except (TypeError, ValueError):
        raise SubmissionFailed(
            f"{method} returned {type(returned).__name__}, not an array of numbers"
        ) from None
