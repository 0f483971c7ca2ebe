"""The passes of one model being measured; each is one round, asked for by the parent.

After MLPerf inference: single queries one after another (SingleStream), batches as fast as they go
(Offline). No input is put twice, except where that is the question.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.collections.base import Collection
from benchmark.encoders.base import Encoder, Searcher
from benchmark.harness import footprint, inputs
from benchmark.harness.answers import Batches, Kept, Repeats, Singles, Sizes
from benchmark.harness.job import Job
from benchmark.harness.rows import checked
from benchmark.search.exact import ExactIndex

KEPT, ALONE = 256, 8
"""Rows kept while timed, and pictures encoded alone, to be compared with those scored."""

_AHEAD = 128
"""Pictures decoded beforehand at a time."""


class Bench:
    """A model with fresh inputs and the gallery to search."""

    def __init__(
        self, model: Encoder | Searcher, collection: Collection, rows: list[int], job: Job
    ) -> None:
        self._model, self._collection, self._rows, self._job = model, collection, rows, job
        self._size = job.batch_size
        self._texts = inputs.texts(job.texts)
        self._pictures = inputs.pictures(collection, rows)
        self._next: list[tuple[int | None, Image]] = []
        self._text_rows: dict[int, NDArray[np.float32]] = {}
        self._image_rows: dict[int, NDArray[np.float32]] = {}
        if isinstance(model, Encoder):
            ids = [collection.ids[row] for row in rows]
            self._index = ExactIndex(ids, self._gallery(model))

    def singles(self, seconds: float, least: int) -> Singles:
        """At least that many queries and that long: from one text to its ranked list."""
        encode_ms: list[float] = []
        search_ms: list[float] = []
        ends = time.perf_counter() + seconds
        while len(encode_ms) < least or time.perf_counter() < ends:
            number, text = next(self._texts)
            began = time.perf_counter()
            if isinstance(self._model, Encoder):
                returned = self._model.encode_texts([text])
                footprint.synchronise()
                encoded = time.perf_counter()
                row = checked(returned, "encode_texts", [text], None)
                if number is not None and len(self._text_rows) < KEPT:
                    self._text_rows[number] = row[0].copy()
                searched = time.perf_counter()
                self._index.search(["q"], row, self._job.depth)
                encode_ms.append(1000 * (encoded - began))
                search_ms.append(1000 * (time.perf_counter() - searched))
            else:
                self._model.search([text], self._job.depth)
                encode_ms.append(0)
                search_ms.append(1000 * (time.perf_counter() - began))
        return Singles(encode_ms=encode_ms, search_ms=search_ms)

    def texts(self, seconds: float) -> Batches:
        """Batches of texts through the model, at least one and that long."""
        items, spent = 0, 0.0
        while not items or spent < seconds:
            batch = [next(self._texts)[1] for _ in range(self._size)]
            spent += self._seconds(batch)
            items += len(batch)
        return Batches(items=items, seconds=spent)

    def pictures(self, seconds: float, decoded: bool) -> Batches:
        """Batches of pictures through the model, at least one and that long.

        Unless they are `decoded` beforehand, each batch is decoded while the one before is
        encoded; in the time taken as many are decoded as are encoded.
        """
        return self._decoded(seconds) if decoded else self._decoding(seconds)

    def _decoding(self, seconds: float) -> Batches:
        items, spent = 0, 0.0
        current = self._next or self._decode()
        with ThreadPoolExecutor(max_workers=1) as pool:
            while not items or spent < seconds:
                began = time.perf_counter()
                ahead = pool.submit(self._decode)
                returned = self._encoder.encode_images([image for _, image in current])
                footprint.synchronise()
                following = ahead.result()
                spent += time.perf_counter() - began
                items += len(current)
                self._keep(current, returned)
                current = following
        self._next = current
        return Batches(items=items, seconds=spent)

    def _decoded(self, seconds: float) -> Batches:
        """Several batches are decoded at a time: a pause before each would let cores idle."""
        items, spent = 0, 0.0
        while not items or spent < seconds:
            for batch in [self._decode() for _ in range(max(1, _AHEAD // self._size))]:
                spent += self._seconds([image for _, image in batch])
                items += len(batch)
        return Batches(items=items, seconds=spent)

    def repeats(self, texts: bool) -> Repeats:
        """One input again and again against as many distinct ones of the same length."""
        found = inputs.text_variants(self._job.texts)
        variants = found if texts else inputs.picture_variants(self._collection, self._rows)
        same: list[float] = []
        distinct: list[float] = []
        for others in variants:
            same.append(self._middle([others[0]] * len(others)))
            distinct.append(self._middle(others))
        return Repeats(same_ms=same, distinct_ms=distinct)

    def keep(self) -> Kept:
        """Write the rows kept while timed, and those of a few pictures encoded alone."""
        for name, rows in (("texts", self._text_rows), ("images", self._image_rows)):
            np.save(self._job.out / f"timed-{name}.npy", np.stack(list(rows.values())))
        numbers = self._rows[:ALONE]
        alone = [self._encoder.encode_images([self._collection.image(row)]) for row in numbers]
        np.save(self._job.out / "alone.npy", np.concatenate(alone).astype(np.float32))
        return Kept(texts=list(self._text_rows), images=list(self._image_rows), alone=numbers)

    def sizes(self) -> Sizes:
        """Memory so far, and the operations of one picture and one query."""
        peak = footprint.peak_mb()
        allocated, reserved = footprint.device_mb()
        text, picture = self._job.texts[:1], None
        if isinstance(self._model, Encoder):
            model, image = self._model, self._collection.image(self._rows[0])
            picture = footprint.flops(lambda: model.encode_images([image]))
            query = footprint.flops(lambda: model.encode_texts(text))
        else:
            searcher = self._model
            query = footprint.flops(lambda: searcher.search(text, self._job.depth))
        return Sizes(
            peak_mb=peak,
            allocated_mb=allocated,
            reserved_mb=reserved,
            flops_per_picture=picture,
            flops_per_query=query,
        )

    def _gallery(self, model: Encoder) -> NDArray[np.float32]:
        """The rows to search."""
        if self._job.rows is None:
            width = np.shape(model.encode_texts(self._job.texts[:1]))[1]
            random = np.random.default_rng(0)
            return random.standard_normal((len(self._rows), width), np.float32)
        every = np.load(self._job.rows, mmap_mode="r")
        return every if len(self._rows) == len(every) else every[self._rows]

    @property
    def _encoder(self) -> Encoder:
        assert isinstance(self._model, Encoder), "a searcher is asked for no pictures"
        return self._model

    def _decode(self) -> list[tuple[int | None, Image]]:
        return [next(self._pictures) for _ in range(min(self._size, len(self._rows)))]

    def _keep(self, batch: list[tuple[int | None, Image]], returned: object) -> None:
        names = [str(row) for row, _ in batch]
        rows = checked(returned, "encode_images", names, None)
        for (number, _), row in zip(batch, rows, strict=True):
            if number is not None and len(self._image_rows) < KEPT:
                self._image_rows[number] = row.copy()

    def _middle(self, calls: Sequence[str | Image]) -> float:
        """Median milliseconds of one input at a time, after the first, which may be remembered."""
        return median([1000 * self._seconds([call]) for call in calls][1:])

    def _seconds(self, batch: Sequence[str | Image]) -> float:
        """Time of one call with texts, or with pictures."""
        began = time.perf_counter()
        if not isinstance(batch[0], str):
            self._encoder.encode_images(batch)  # type: ignore[arg-type]
        elif isinstance(self._model, Encoder):
            self._model.encode_texts(batch)  # type: ignore[arg-type]
        else:
            self._model.search(batch, self._job.depth)  # type: ignore[arg-type]
        footprint.synchronise()
        return time.perf_counter() - began
