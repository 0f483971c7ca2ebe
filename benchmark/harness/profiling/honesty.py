"""Does a model do the same work when it is timed? Tests after those of MLPerf inference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.report import IMAGES, TEXTS
from benchmark.harness.profiling.bench import Bench
from benchmark.harness.profiling.rounds import Rounds
from benchmark.harness.profiling.timings import gap, remembers, tells_apart
from benchmark.harness.profiling.whole import Whole

_SAME = {"fp32": 1e-4, "fp16": 2e-3, "bf16": 2e-2}
"""Largest difference between an embedding when timed and when scored: in fp32 what is asked for;
half precisions round that much by the mere shape of a batch."""

_ALONE = 10
"""How many times that a picture may differ alone and in a batch."""

_SLOWER, _LONG = 3.0, 5.0
"""Times slower while scored than while timed, over so many seconds, that are no accident."""


def marks(timed: Rounds, precision: str, entry: Entry) -> list[str]:
    """What the tests found, in words for the board; nothing where all is well.

    `entry` holds the embeddings that were scored.
    """
    bench = timed.bench
    if isinstance(bench, Whole):  # what a stage does to pictures is marked in its own row
        return _by_time(bench, (True,))
    if not bench.encodes:
        return []
    found = _by_time(bench, (True, False))
    images = read(entry.images / IMAGES, len(bench.gallery.collection))
    texts = read(entry.texts / TEXTS, len(bench.gallery.texts))
    close = _SAME[precision]
    if max(_gap(texts, bench.text_rows), _gap(images, bench.image_rows)) > close:
        found.append("gives other rows when timed")
    if _gap(images, bench.alone()) > _ALONE * close:
        found.append("depends on batch")
    scored_per_s = entry.image_report().pictures_per_s
    speed = float(np.median(timed.batches["pictures_per_s"]))
    if scored_per_s and speed > _SLOWER * scored_per_s and len(images) > _LONG * scored_per_s:
        found.append("slower when scored than when timed")
    return found


def _by_time(bench: Bench | Whole, kinds: Sequence[bool]) -> list[str]:
    """What the time of texts (True) and pictures (False) tells."""
    names = {True: "texts", False: "pictures"}
    found = [f"caches {names[one]}" for one in kinds if remembers(*bench.repeats(one))]
    return found + [
        f"takes another time for known {names[one]}"
        for one in kinds
        if tells_apart(*bench.known_and_new(one))
    ]


def _gap(scored: NDArray[np.float32], timed: Mapping[int, NDArray[np.float32]]) -> float:
    """The largest difference between embeddings as scored and as answered now, by their number."""
    numbers = list(timed)
    return gap(scored[numbers], np.array([timed[number] for number in numbers]))
