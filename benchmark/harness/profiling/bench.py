"""The passes of one model being measured, each put and timed by our own process.

After MLPerf inference: single queries one after another (SingleStream), batches as fast as they go
(Offline). No input is put twice, except where that is the question; the model is shown nothing
before the clock that times it runs.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.collections.base import Collection
from benchmark.harness.isolation.model import Model, Rows
from benchmark.harness.profiling import inputs
from benchmark.harness.profiling.channel import Overhead
from benchmark.scorers.measures import DEPTH
from benchmark.search.similarities import Index

KEPT, ALONE = 256, 8
"""Embeddings kept while timed, and pictures encoded alone, to be compared with those scored."""

_LEAST, _AHEAD = 2, 512
"""Batches at least, and pictures at most, that are made ready at a time."""


Input = TypeVar("Input")


@dataclass(frozen=True)
class Gallery:
    """What a model is measured on: `rows` of a collection that can be read, and the texts."""

    collection: Collection
    rows: list[int]
    texts: list[str]
    depth: int = DEPTH
    """Paintings of a list: more where a fusion looks further."""


@dataclass(frozen=True)
class Singles:
    """Queries put one at a time: milliseconds of encoding and of searching each."""

    encode_ms: list[float]
    search_ms: list[float]


@dataclass(frozen=True)
class Answer:
    """The list found for one query, best first, and the milliseconds of both its parts."""

    ids: tuple[str, ...]
    scores: NDArray[np.float32]
    encode_ms: float
    search_ms: float

    @property
    def whole_ms(self) -> float:
        return self.encode_ms + self.search_ms


Pairs = tuple[list[float], list[float]]
"""Milliseconds of two kinds of inputs, round by round."""


@dataclass(frozen=True)
class Batches:
    """Inputs put in batches, and the seconds they took."""

    items: int
    seconds: float


class Bench:
    """A model that is loaded, with fresh inputs, and the gallery to search where it encodes."""

    def __init__(
        self,
        model: Model,
        gallery: Gallery,
        index: Index | None,
        order: NDArray[np.int64] | None,
        size: int,
        overhead: Overhead,
    ) -> None:
        """`index`: what an encoder is searched in; `order`: in which a searcher was shown all."""
        self.model, self.gallery, self._index, self._order = model, gallery, index, order
        self._size, self._overhead = size, overhead
        self._texts = inputs.texts(gallery.texts)
        self._pictures = inputs.pictures(gallery.collection, gallery.rows)
        self._encoded = inputs.encoded(gallery.collection, gallery.rows)
        self._batch_s: dict[str, float] = {}
        self.text_rows: dict[int, NDArray[np.float32]] = {}
        self.image_rows: dict[int, NDArray[np.float32]] = {}
        """What it answered while timed, by the number of the text or the row of the picture."""

    @property
    def models(self) -> list[Model]:
        """The models that stand for it."""
        return [self.model]

    @property
    def encodes(self) -> bool:
        """Whether it is an encoder's, whose pictures are embedded."""
        return self._index is not None

    def singles(self, seconds: float, least: int) -> Singles:
        """At least that many queries and that long: from one text to its ranked list."""
        found: list[Answer] = []
        ends = perf_counter() + seconds
        while len(found) < least or perf_counter() < ends:
            found.append(self.one(*next(self._texts)))
        return Singles([one.encode_ms for one in found], [one.search_ms for one in found])

    def one(self, number: int | None, text: str) -> Answer:
        """One query, with its number where it is a published one."""
        if self._index is None:
            ((places, values),) = self._searched([text])
            taken = self._ms(len(text), 8 * len(places))
            assert self._order is not None, "a searcher was shown the gallery"
            ids = self.gallery.collection.ids
            return Answer(tuple(ids[row] for row in self._order[places]), values, 0, taken)
        row = self.model.texts([text])
        encode_ms = self._ms(len(text), row.nbytes)
        if number is not None and len(self.text_rows) < KEPT:
            self.text_rows[number] = row[0].copy()
        began = perf_counter()
        found = self._index.search(["q"], row, self.gallery.depth)
        return Answer(found.ids[0], found.scores[0], encode_ms, 1000 * (perf_counter() - began))

    def texts(self, seconds: float) -> Batches:
        """Batches of texts through the model, at least one and that long."""
        items, spent = 0, 0.0
        while not items or spent < seconds:
            batch = [text for _, text in islice(self._texts, self._size)]
            spent += self._ask_texts(batch) / 1000
            items += len(batch)
        return Batches(items, spent)

    def pictures(self, seconds: float, decoded: bool) -> Batches:
        """Batches of pictures through the model, at least one and that long.

        Unless they are `decoded` beforehand, the worker decodes each batch while the one before
        is encoded, all within the time taken.
        """
        return self._decoded(seconds) if decoded else self._decoding(seconds)

    def repeats(self, texts: bool) -> Pairs:
        """Round by round, milliseconds of one input again and again, and of as many distinct."""
        if texts:
            return repeated(self._text_ms, inputs.text_variants(self.gallery.texts))
        variants = inputs.picture_variants(self.gallery.collection, self.gallery.rows)
        return repeated(self._picture_ms, variants)

    def known_and_new(self, texts: bool) -> Pairs:
        """Round by round, milliseconds of published inputs and of others made from them."""
        if texts:
            return compared(self._text_ms, inputs.known_and_new(self.gallery.texts))
        pairs = inputs.known_and_new_pictures(self.gallery.collection, self.gallery.rows)
        return compared(self._picture_ms, pairs)

    def alone(self) -> dict[int, NDArray[np.float32]]:
        """A few pictures encoded one by one: row -> embedding."""
        found = {}
        for row in self.gallery.rows[:ALONE]:
            self.model.send_pictures([self.gallery.collection.picture(row)])
            found[row] = self._received([row])[0]
        return found

    def _decoding(self, seconds: float) -> Batches:
        """Two batches on their way; the time runs until the last answer is whole.

        Channel and model work at the same time here, so nothing is subtracted.
        """
        items, spent = 0, 0.0
        while not items or spent < seconds:
            waiting = deque(self._ready(self._encoded, "pictures", seconds - spent))
            flying: deque[list[tuple[int | None, bytes]]] = deque()
            began, taken = perf_counter(), 0.0
            while flying or (waiting and (not items or spent + taken < seconds)):
                while waiting and len(flying) < 2 and (not items or spent + taken < seconds):
                    flying.append(waiting.popleft())
                    self.model.send_pictures([data for _, data in flying[-1]])
                batch = flying.popleft()
                rows = self._received([row for row, _ in batch])
                taken = self.model.answered - began
                self._keep([row for row, _ in batch], rows)
                items += len(batch)
            spent += taken
        self._batch_s["pictures"] = spent * self._size / items
        return Batches(items, spent)

    def _decoded(self, seconds: float) -> Batches:
        items, spent = 0, 0.0
        while not items or spent < seconds:
            for batch in self._ready(self._pictures, "decoded", seconds - spent):
                if items and spent >= seconds:
                    break
                taken, rows = self._ask_pixels([image for _, image in batch])
                self._keep([row for row, _ in batch], rows)
                spent += taken / 1000
                items += len(batch)
        self._batch_s["decoded"] = spent * self._size / items
        return Batches(items, spent)

    def _ready(self, source: Iterator, kind: str, seconds: float) -> list[list]:
        """Batches made beforehand, for a pause before each would let cores idle: as many as may
        be needed, judging by the pass before."""
        likely = 1.5 * seconds / self._batch_s[kind] if kind in self._batch_s else 0
        count = max(_LEAST, min(2 + int(likely), _AHEAD // self._size))
        return [list(islice(source, self._size)) for _ in range(count)]

    def _received(self, rows: Sequence[int | None]) -> NDArray[np.float32]:
        names = [str(row) for row in rows]
        return self.model.receive_pictures(names, lambda _: True)[0]

    def _ask_texts(self, texts: Sequence[str]) -> float:
        """Milliseconds of one call with texts."""
        there = len(json.dumps(list(texts)))
        if self._index is None:
            found = self._searched(texts)
            return self._ms(there, 8 * sum(len(places) for places, _ in found))
        return self._ms(there, self.model.texts(texts).nbytes)

    def _searched(self, texts: Sequence[str]) -> list[tuple[NDArray[np.int32], Rows]]:
        assert self._order is not None, "a searcher was shown the gallery"
        return self.model.search(texts, self.gallery.depth, len(self._order))

    def _text_ms(self, text: str) -> float:
        return self._ask_texts([text])

    def _picture_ms(self, image: Image) -> float:
        return self._ask_pixels([image])[0]

    def _ask_pixels(self, images: Sequence[Image]) -> tuple[float, NDArray[np.float32]]:
        """Milliseconds of one call with decoded pictures, and their embeddings."""
        rows = self.model.pixels(images, [""] * len(images))
        return self._ms(sum(3 * i.width * i.height for i in images), rows.nbytes), rows

    def _ms(self, there: int, back: int) -> float:
        """Milliseconds between the last request and its answer, without the channel's own."""
        taken = self.model.answered - self.model.asked
        return 1000 * self._overhead.without(taken, there, back)

    def _keep(self, numbers: Sequence[int | None], rows: NDArray[np.float32]) -> None:
        for number, row in zip(numbers, rows, strict=True):
            if number is not None and len(self.image_rows) < KEPT:
                self.image_rows[number] = row.copy()


def repeated(ask: Callable[[Input], float], rounds: Iterable[Sequence[Input]]) -> Pairs:
    """The first variant again and again, and all of them: medians of calls after the first, which
    may be remembered."""
    same: list[float] = []
    distinct: list[float] = []
    for variants in rounds:
        same.append(median([ask(variants[0]) for _ in variants][1:]))
        distinct.append(median([ask(one) for one in variants][1:]))
    return same, distinct


def compared(
    ask: Callable[[Input], float], rounds: Iterable[tuple[Sequence[Input], Sequence[Input]]]
) -> Pairs:
    """Medians of one kind of inputs and of another."""
    known: list[float] = []
    new: list[float] = []
    for published, others in rounds:
        known.append(median([ask(one) for one in published]))
        new.append(median([ask(one) for one in others]))
    return known, new
