"""Requests read ahead of their turn, their pictures decoded meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import Any

from PIL import Image

from benchmark.collections.decoding import decoded
from benchmark.harness.isolation import frames

Answer = tuple[dict[str, Any], Sequence[bytes | memoryview]]
"""The head and the body of an answer."""

_AHEAD = 1
"""Requests read while one is done: one batch is decoded while another is encoded."""

_ENCODED, _DECODED = {"encode_images", "rerank", "caption"}, {"encode_pixels"}
"""Requests whose body is pictures: as files hold them, and as pixels."""


@dataclass
class Request:
    """What is asked: `do` names a handler, `body` is as it came, `images` what it held."""

    do: str
    head: dict[str, Any]
    body: bytes
    images: list[Image.Image] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


class Requests:
    """The requests on a descriptor, in order, until it is closed."""

    def __init__(self, descriptor: int) -> None:
        self._stream = os.fdopen(descriptor, "rb")
        self._waiting: Queue[Request | None] = Queue(_AHEAD)
        Thread(target=self._read, daemon=True).start()

    def __iter__(self) -> Iterator[Request]:
        while (request := self._waiting.get()) is not None:
            yield request

    def _read(self) -> None:
        while (frame := frames.read(self._stream)) is not None:
            head, body = frame
            request = Request(head.pop("do"), head, body)
            if request.do in _ENCODED:
                _decode(request)
            elif request.do in _DECODED:
                _take(request)
            self._waiting.put(request)
        self._waiting.put(None)


def parts(request: Request) -> list[bytes]:
    """The body, cut at the sizes that the request names."""
    found, start = [], 0
    for size in request.head["sizes"]:
        found.append(request.body[start : start + size])
        start += size
    return found


def _decode(request: Request) -> None:
    """Encoded pictures; the places of those that cannot be read are noted."""
    for place, data in enumerate(parts(request)):
        try:
            request.images.append(decoded(data))
        except Exception:  # Pillow raises many kinds on corrupt input
            request.unread.append(place)


def _take(request: Request) -> None:
    """Pictures that were decoded beforehand: rows of RGB bytes, of the sizes named."""
    start = 0
    for width, height in request.head["sides"]:
        end = start + 3 * width * height
        request.images.append(Image.frombytes("RGB", (width, height), request.body[start:end]))
        start = end
