"""What a worker does with an encoder: pictures and texts to rows on disk, and the time it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL.Image import Image

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.encoders.base import Encoder
from benchmark.errors import BadInput
from benchmark.harness.job import IMAGES, Job
from benchmark.harness.rows import checked

WARM_UPS, TIMED = 10, 100
"""Single queries put before timing begins, and while it runs."""

TOLERATED = 0.01
"""Share of pictures that may be unreadable before the run is refused."""

Say = Callable[..., None]
"""Called with stage=, done=, of= to tell the parent how far the work is."""


def encode_images(
    model: Encoder, collection: Collection, rows: list[int], batch_size: int, job: Job, say: Say
) -> list[str]:
    """Write one row a painting; unreadable ones get zeros, and are returned as "id: reason"."""
    left_out: list[str] = []
    out: np.memmap | None = None
    for start, images in _batches(collection, rows, batch_size):
        names = [collection.ids[rows[start + i]] for i in range(len(images))]
        good = [i for i, image in enumerate(images) if not isinstance(image, str)]
        left_out += [image for image in images if isinstance(image, str)]
        if len(left_out) > TOLERATED * len(rows):
            raise BadInput(
                collection.folder,
                f"{len(left_out)} of {len(rows)} pictures cannot be read, over 1 %, "
                f"such as {left_out[0]}",
                "mend or remove them",
            )
        if good:
            encoded = checked(
                model.encode_images([images[i] for i in good]),  # type: ignore[misc]
                "encode_images",
                [names[i] for i in good],
                out.shape[1] if out is not None else None,
            )
            if out is None:
                shape = (len(rows), encoded.shape[1])
                out = np.lib.format.open_memmap(job.out / IMAGES, "w+", np.float32, shape)
            out[[start + i for i in good]] = encoded
        say(stage="pictures", done=start + len(images), of=len(rows))
    if out is None:
        raise BadInput(collection.folder, "not one picture can be read")
    out.flush()
    return left_out


def _batches(
    collection: Collection, rows: list[int], size: int
) -> Iterator[tuple[int, list[Image | str]]]:
    """Batches of decoded pictures, the next one decoded while the model works on this one.

    A picture that cannot be read comes as the reason.
    """

    def decode(start: int) -> list[Image | str]:
        batch: list[Image | str] = []
        for row in rows[start : start + size]:
            try:
                batch.append(collection.image(row))
            except UnreadablePicture as error:
                batch.append(str(error))
        return batch

    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = pool.submit(decode, 0)
        for start in range(0, len(rows), size):
            batch = ahead.result()
            ahead = pool.submit(decode, start + size)
            yield start, batch


def encode_texts(model: Encoder, texts: list[str], size: int) -> np.ndarray:
    """Rows of all texts, `size` at a time: (n, d) float32, checked."""
    parts: list[np.ndarray] = []
    for start in range(0, len(texts), size):
        batch = texts[start : start + size]
        width = parts[0].shape[1] if parts else None
        parts.append(checked(model.encode_texts(batch), "encode_texts", batch, width))
    return np.concatenate(parts)


def timed(put: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds of each of 100 texts put alone, after 10 that are not timed."""
    for i in range(WARM_UPS):
        put(texts[i % len(texts)])
    times = []
    for i in range(TIMED):
        began = time.perf_counter()
        put(texts[i % len(texts)])
        times.append(1000 * (time.perf_counter() - began))
    return times
