"""Does a stored run follow from its model? Asked of pictures drawn anew, and of all texts.

Nobody knows beforehand which pictures are drawn, nor are they named or put in their order, so a
run that was written by another hand than the model's shows wherever it was bettered: of a run
changed for a share s of its pictures, all of n drawn ones look right in (1 - s)^n of cases, one in
170 for s = 5 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.disguise import shuffled
from benchmark.harness.evaluation.embed import reported, same_width
from benchmark.harness.evaluation.encode import (
    TEXTS_AT_ONCE,
    Progress,
    encode_texts,
    picture_embeddings,
)
from benchmark.harness.evaluation.gap import TOLERANCE, gap
from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.report import Report
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.results.schema import Result
from benchmark.scorers.measures import DEPTH
from benchmark.submission import Submission

SAMPLE = 100
"""Pictures that are drawn."""


@dataclass(frozen=True)
class Sample:
    """How a stored run looked: pictures drawn of how many, and the largest difference."""

    pictures: int
    of: int
    difference: float
    report: Report
    width: int

    @property
    def holds(self) -> bool:
        return self.difference <= TOLERANCE

    def __str__(self) -> str:
        return f"{self.pictures} of {self.of} pictures, largest difference {self.difference:.0e}"


def sample(
    session: Session,
    submission: Submission,
    entry: Entry,
    earlier: Result,
    run: Run,
    progress: Progress,
    threads: int | None = None,
) -> Sample | None:
    """Look at a stored run; None where it cannot be looked at so: the model lists, not embeds.

    Raises SubmissionFailed where the model fails.
    """
    progress("loading", 0, 1)
    folder = session.workspace.submissions / submission.name
    job = session.job(folder, submission, threads)
    with Model(job) as model:
        model.load()
        if not model.can("Encoder"):
            return None
        collection, texts = session.collection, session.texts
        report = reported(model, job, texts)
        left_out = set(earlier.collection.left_out)
        readable = [row for row, one in enumerate(collection.ids) if one not in left_out]
        if len(readable) + len(left_out) != len(collection) or not _unread(collection, left_out):
            return None
        drawn = [readable[place] for place in shuffled(len(readable))[:SAMPLE]]
        size = TEXTS_AT_ONCE if submission.batch_size == "auto" else submission.batch_size
        progress("a sample of pictures", 0, 1)
        ids, images = picture_embeddings(model, part(collection, drawn), size)
        rows = encode_texts(model, texts, min(size, TEXTS_AT_ONCE))
        same_width(images.shape[1], rows.shape[1])
    session.unchanged(submission, entry.checkpoint)
    if len(ids) < len(drawn):
        return None  # it cannot read what could be read
    products = rows.astype(np.float64) @ images.astype(np.float64).T
    asked = [query for query, _ in session.asked]
    now = {query: (ids, product) for query, product in zip(asked, products, strict=True)}
    lengths = dict.fromkeys(asked, min(DEPTH, len(readable)))
    names = {collection.ids[row] for row in readable}
    return Sample(len(ids), len(readable), gap(run, now, lengths, names), report, images.shape[1])


def _unread(collection: Collection, left_out: set[str]) -> bool:
    """Whether not one of the pictures that were left out can be read."""
    for row, painting in enumerate(collection.ids):
        if painting in left_out:
            try:
                collection.image(row)
            except UnreadablePicture:
                continue
            return False
    return True
