"""What a worker does with an encoder: pictures and texts to rows on disk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.encoders.base import Encoder
from benchmark.errors import BadInput
from benchmark.harness.batching import LARGEST, fitting, halving
from benchmark.harness.chunks import Chunk, gather
from benchmark.harness.job import CHUNKS, IMAGES, Job
from benchmark.harness.rows import checked

TOLERATED = 0.01
"""Share of pictures that may be unreadable before the run is refused."""

Say = Callable[..., None]
"""Called with stage=, done=, of= to tell the parent how far the work is."""


TEXTS_AT_ONCE = 32
"""Texts in a call where the batch size of pictures is to be found."""


def batch_size(model: Encoder, collection: Collection, rows: list[int], job: Job) -> int:
    """Pictures in a call: as the manifest says, or for "auto" the most that fit."""
    said = job.manifest.batch_size
    if said != "auto":
        return said
    images: list[Image] = []
    for row in rows[:LARGEST]:
        with contextlib.suppress(UnreadablePicture):
            images.append(collection.image(row))
    return fitting(model.encode_images, images, job.manifest.limits.memory_gb)


def encode_images(
    model: Encoder, collection: Collection, rows: list[int], size: int, job: Job, say: Say
) -> tuple[list[str], int, int]:
    """Write one row a painting to IMAGES, chunk by chunk; chunks that lie there are kept.

    `size`: pictures in a call; less once memory has run out. Unreadable pictures get zeros.
    Returns them as "id: reason", how many rows were encoded now, and the size at the end. Raises
    BadInput when too many are unreadable, SubmissionFailed for a bad row.
    """
    (job.out / CHUNKS).mkdir(exist_ok=True)
    chunks = [Chunk(job, start, min(start + job.chunk, len(rows)))
              for start in range(0, len(rows), job.chunk)]  # fmt: skip
    todo = [chunk for chunk in chunks if not chunk.done]
    left_out = [line for chunk in chunks if chunk.done for line in chunk.left_out()]
    width = max((chunk.width() for chunk in chunks if chunk.done), default=0)
    finished = len(rows) - sum(len(chunk) for chunk in todo)
    encoded = 0
    for chunk, start, images in _batches(collection, rows, todo, size):
        good = [i for i, image in enumerate(images) if not isinstance(image, str)]
        unread = [image for image in images if isinstance(image, str)]
        left_out += unread
        if len(left_out) > TOLERATED * len(rows):
            raise BadInput(
                collection.folder,
                f"{len(left_out)} of {len(rows)} pictures cannot be read, over 1 %, "
                f"such as {left_out[0]}",
                "mend or remove them",
            )
        if good:
            named = [(collection.ids[rows[start + i]], images[i]) for i in good]
            found, size = halving(partial(_rows, model, width), named, size)
            width = found.shape[1]
            chunk.put(start, good, found)
        encoded += len(images)
        chunk.unread += unread
        if start + len(images) == chunk.stop:
            chunk.keep()
        say(stage="pictures", done=finished + encoded, of=len(rows))
    if not width:
        raise BadInput(collection.folder, "not one picture can be read")
    gather(chunks, width, job.out / IMAGES)
    return left_out, encoded, size


def _rows(
    model: Encoder, width: int, named: Sequence[tuple[str, Image | str]]
) -> NDArray[np.float32]:
    """Checked rows of pictures that come with their ids; `width` 0 is not known yet."""
    names, images = zip(*named, strict=True)
    return checked(model.encode_images(list(images)), "encode_images", names, width or None)


def _batches(
    collection: Collection, rows: list[int], chunks: list[Chunk], size: int
) -> Iterator[tuple[Chunk, int, list[Image | str]]]:
    """Batches of decoded pictures, the next one decoded while the model works on this one.

    No batch crosses the end of a chunk. A picture that cannot be read comes as the reason.
    """
    spans = [
        (chunk, start, min(start + size, chunk.stop))
        for chunk in chunks
        for start in range(chunk.start, chunk.stop, size)
    ]

    def decode(span: tuple[Chunk, int, int]) -> list[Image | str]:
        batch: list[Image | str] = []
        for row in rows[span[1] : span[2]]:
            try:
                batch.append(collection.image(row))
            except UnreadablePicture as error:
                batch.append(str(error))
        return batch

    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = pool.submit(decode, spans[0]) if spans else None
        for number, (chunk, start, _) in enumerate(spans):
            assert ahead is not None
            batch = ahead.result()
            if number + 1 < len(spans):
                ahead = pool.submit(decode, spans[number + 1])
            yield chunk, start, batch


def encode_texts(model: Encoder, texts: list[str], size: int) -> np.ndarray:
    """Rows of all texts, `size` at a time: (n, d) float32, checked."""
    parts: list[np.ndarray] = []
    for start in range(0, len(texts), size):
        batch = texts[start : start + size]
        width = parts[0].shape[1] if parts else None
        parts.append(checked(model.encode_texts(batch), "encode_texts", batch, width))
    return np.concatenate(parts)
