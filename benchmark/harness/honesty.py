"""Does a model do the same work when it is timed? Tests after those of MLPerf inference."""

from __future__ import annotations

import numpy as np

from benchmark.harness import rows
from benchmark.harness.answers import Kept, Repeats
from benchmark.harness.cache import Entry
from benchmark.harness.job import IMAGES, TEXTS, Job
from benchmark.harness.rounds import Rounds
from benchmark.scorers.cost import gap, remembers

_SAME = {"fp32": 1e-4, "fp16": 2e-3, "bf16": 2e-2}
"""Largest difference between a row when timed and when scored: in fp32 what is asked for; half
precisions round that much by the mere shape of a batch."""

_ALONE = 10
"""How many times that a picture may differ alone and in a batch."""

_SLOWER, _LONG = 3.0, 5.0
"""Times slower while scored than while timed, over so many seconds, that are no accident."""


def marks(timed: Rounds, job: Job, entry: Entry) -> list[str]:
    """What the tests found, in words for the board; nothing where all is well.

    `entry` holds the rows that were scored. Raises SubmissionFailed for what is no answer.
    """
    found = [] if timed.clock_agrees else ["its clock disagrees with ours"]
    if timed.ready.kind != "encoder":
        return found
    for what in ("texts", "pictures"):
        repeats = timed.ask(Repeats, do="repeats", texts=what == "texts")
        if remembers(repeats.same_ms, repeats.distinct_ms):
            found.append(f"caches {what}")
    kept = timed.ask(Kept, do="keep")
    images = rows.read(entry.images / IMAGES, len(job.ids))
    asked = rows.read(entry.texts / TEXTS, len(job.texts))
    close = _SAME[getattr(job.manifest.model, "precision", "fp32")]
    differs = [
        gap(scored[numbers], rows.read(job.out / name, len(numbers)))
        for name, numbers, scored in (
            ("timed-texts.npy", kept.texts, asked),
            ("timed-images.npy", kept.images, images),
            ("alone.npy", kept.alone, images),
        )
    ]
    if max(differs[:2]) > close:
        found.append("gives other rows when timed")
    if differs[2] > _ALONE * close:
        found.append("depends on batch")
    scored_per_s = entry.image_report().pictures_per_s
    speed = float(np.median(timed.batches["pictures_per_s"]))
    if scored_per_s and speed > _SLOWER * scored_per_s and len(images) > _LONG * scored_per_s:
        found.append("slower when scored than when timed")
    return found
