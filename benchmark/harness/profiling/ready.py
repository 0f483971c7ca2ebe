"""A model loaded and first asked: what it takes before it is warm, and its bench."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.index import index
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.report import IMAGES, Report
from benchmark.harness.isolation.model import Model
from benchmark.harness.profiling.bench import Bench, Gallery
from benchmark.harness.profiling.channel import Overhead
from benchmark.search.similarities import Index
from benchmark.search.similarities import index as searchable


@dataclass(frozen=True)
class First:
    """What models take before they are warm; of several, one after another."""

    load_s: float
    query_ms: float
    picture_ms: float | None

    def __add__(self, other: First) -> First:
        pictures = [one.picture_ms for one in (self, other) if one.picture_ms is not None]
        return First(
            self.load_s + other.load_s,
            self.query_ms + other.query_ms,
            sum(pictures) if pictures else None,
        )


def ready(
    model: Model,
    gallery: Gallery,
    size: int,
    channel: Overhead,
    kept: tuple[Report, Entry] | None = None,
) -> tuple[Bench, First]:
    """The model loaded and first asked, and its bench.

    `kept`: what lies there of it, whose embeddings are searched. Without, as many at random are:
    what a search takes depends on their number and width alone.
    """
    model.load()
    load_s, picture_ms, searching, order = model.load_s, None, None, None
    if kept is not None and model.can("Encoder") != (kept[0].kind == "encoder"):
        raise SubmissionFailed(f"was a {kept[0].kind} when scored and is another thing now")
    if kept is not None and model.can("Encoder"):
        searching = _index(gallery, kept[1])
        model.expect(searching.width)
    if model.can("Encoder"):
        model.send_pictures([gallery.collection.picture(gallery.rows[0])])
        model.receive_pictures(["the first"], lambda _: True)
        picture_ms = 1000 * (model.answered - model.asked)
        width = model.texts(gallery.texts[:1]).shape[1]
    else:
        order = index(model, gallery.collection, model.manifest)
        load_s += model.answered - model.asked
        model.search(gallery.texts[:1], gallery.depth, len(order))
    first = First(load_s, 1000 * (model.answered - model.asked), picture_ms)
    if model.can("Encoder") and searching is None:
        random = np.random.default_rng(0).standard_normal((len(gallery.rows), width), np.float32)
        ids = [gallery.collection.ids[row] for row in gallery.rows]
        searching = searchable(model.manifest.similarity, ids, random)
    return Bench(model, gallery, searching, order, size, channel), first


def _index(gallery: Gallery, entry: Entry) -> Index:
    """The gallery's embeddings, ready to be searched."""
    every = read(entry.images / IMAGES, len(gallery.collection))
    ids = [gallery.collection.ids[row] for row in gallery.rows]
    return searchable(
        entry.similarity, ids, every if len(ids) == len(every) else every[gallery.rows]
    )
