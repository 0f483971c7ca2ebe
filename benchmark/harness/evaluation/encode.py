"""Pictures and texts through a model, in an order that it cannot know."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.errors import BadInput
from benchmark.harness.evaluation.batching import LARGEST, cut, fitting
from benchmark.harness.evaluation.chunks import CHUNK, Chunk, gather
from benchmark.harness.evaluation.disguise import kept_order, shuffled
from benchmark.harness.evaluation.report import CHUNKS, IMAGES
from benchmark.harness.isolation.answers import RanOut
from benchmark.harness.isolation.model import Model, Rows

TOLERATED = 0.01
"""Share of pictures that may be unreadable before the run is refused."""

TEXTS_AT_ONCE = 32
"""Texts in a call where the batch size of pictures is to be found."""

_FLYING = 2
"""Batches on their way: the worker decodes one while its model encodes another."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""


def batch_size(model: Model, collection: Collection, said: int | str, memory_gb: float) -> int:
    """Pictures in a call: as the manifest says, or for "auto" the most that fit."""
    if isinstance(said, int):
        return said
    rows = shuffled(len(collection))[:LARGEST]

    def call(size: int) -> None:
        _send(model, collection, rows[:size])
        _receive(model, collection, rows[:size])

    return fitting(call, len(rows), model.watch.highest, memory_gb * 1e9)


def encode_images(
    model: Model, collection: Collection, size: int, place: Path, progress: Progress
) -> tuple[list[str], float | None, int]:
    """Write one embedding a painting to `place`/IMAGES; finished chunks that lie there are kept.

    `size`: pictures in a call; less once memory has run out. Unreadable pictures get zeros.
    Returns them as "id: reason", pictures a second by our clock (None where all lay there), and
    the size at the end. Raises BadInput when too many are unreadable, SubmissionFailed for a bad
    embedding.
    """
    (place / CHUNKS).mkdir(exist_ok=True)
    order = kept_order(place, len(collection))
    chunks = [
        Chunk(place / CHUNKS, start, min(start + CHUNK, len(order)))
        for start in range(0, len(order), CHUNK)
    ]
    of = {start: chunk for chunk in chunks for start in range(chunk.start, chunk.stop)}
    todo = deque(span for c in chunks if not c.done for span in cut(range(c.start, c.stop), size))
    new = sum(map(len, todo))
    flying: deque[range] = deque()
    done, began = len(order) - new, perf_counter()
    while todo or flying:
        while todo and len(flying) < _FLYING:
            flying.append(todo.popleft())
            _send(model, collection, order[flying[-1]])
        span = flying.popleft()
        try:
            rows, read, unread = _receive(model, collection, order[span])
        except RanOut:
            if len(span) == 1:
                raise
            size = max(1, min(size, len(span)) // 2)
            todo = deque(part for whole in (span, *todo) for part in cut(whole, size))
            continue
        of[span.start].put(span, read, rows, unread)
        tolerable(collection, [line for chunk in chunks for line in chunk.left_out])
        done += len(span)
        progress("pictures", done, len(order))
    speed = new / (perf_counter() - began) if new else None
    if gather(chunks, order, place / IMAGES) is None:
        raise BadInput(collection.folder, "not one picture can be read")
    return sorted(line for chunk in chunks for line in chunk.left_out), speed, size


def picture_embeddings(model: Model, collection: Collection, size: int) -> tuple[list[str], Rows]:
    """Embeddings of a gallery small enough for memory, and the paintings that have one."""
    order = shuffled(len(collection))
    ids: list[str] = []
    parts: list[Rows] = []
    for span in cut(range(len(order)), size):
        _send(model, collection, order[span])
        rows, read, _ = _receive(model, collection, order[span])
        ids += [collection.ids[order[span][place]] for place in read]
        parts += [rows] if len(rows) else []
    if not parts:
        raise BadInput(collection.folder, "not one picture can be read")
    return ids, np.concatenate(parts)


def encode_texts(model: Model, texts: Sequence[str], size: int) -> Rows:
    """Embeddings of all texts, `size` at a time: (n, d) float32."""
    order = shuffled(len(texts))
    spans = cut(range(len(order)), size)
    parts = [model.texts([texts[row] for row in order[span]]) for span in spans]
    found = np.concatenate(parts)
    rows = np.empty_like(found)
    rows[order] = found
    return rows


def _send(model: Model, collection: Collection, rows: NDArray[np.int64]) -> None:
    model.send_pictures([picture(collection, int(row)) for row in rows])


def _receive(
    model: Model, collection: Collection, rows: NDArray[np.int64]
) -> tuple[Rows, list[int], list[str]]:
    """Embeddings, the places that have one, and why the others have none."""
    reasons: dict[int, str] = {}

    def readable(place: int) -> bool:
        try:
            collection.image(int(rows[place]))
        except UnreadablePicture as error:
            reasons[place] = str(error)
        return place not in reasons

    names = [collection.ids[row] for row in rows]
    found, read = model.receive_pictures(names, readable)
    return found, read, list(reasons.values())


def picture(collection: Collection, row: int) -> bytes:
    """The encoded picture; nothing where it is missing."""
    try:
        return collection.picture(row)
    except OSError:
        return b""


def tolerable(collection: Collection, left_out: Sequence[str]) -> None:
    """Raise BadInput where more than the tolerated share of pictures could not be read."""
    if len(left_out) > TOLERATED * len(collection):
        raise BadInput(
            collection.folder,
            f"{len(left_out)} of {len(collection)} pictures cannot be read, over 1 %, "
            f"such as {min(left_out)}",
            "mend or remove them",
        )
