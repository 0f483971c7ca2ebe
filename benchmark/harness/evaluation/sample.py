"""Does a stored run follow from its model? Asked of pictures drawn anew, and of all texts.

Nobody knows beforehand which pictures are drawn, nor are they named or put in their order. Half
are any, half are met in the first tens of the stored run as often as it shows them, for that is
where a run is bettered: of one whose first tens are false in a share s of their places, all of n
drawn from there look right in about (1 - s)^n of cases, one in 13 for s = 5 % and n = 50, one in
200 for s = 10 %. What a result says of embeddings is not looked at; `--fresh` does everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

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
from benchmark.scorers.measures import CUT
from benchmark.search.similarities import scores
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
        drawn = _drawn(collection, readable, run)
        size = TEXTS_AT_ONCE if submission.batch_size == "auto" else submission.batch_size
        progress("a sample of pictures", 0, 1)
        ids, images = picture_embeddings(model, part(collection, drawn), size)
        rows = encode_texts(model, texts, min(size, TEXTS_AT_ONCE))
        same_width(images.shape[1], rows.shape[1])
    session.unchanged(submission, entry.checkpoint)
    if len(ids) < len(drawn):
        return None  # it cannot read what could be read
    alike = scores(submission.similarity, rows, images)
    asked = [query for query, _ in session.asked]
    lengths = {q: min(n, len(readable)) for q, n in session.depths.items() if n}
    now = {q: (ids, values) for q, values in zip(asked, alike, strict=True) if q in lengths}
    names = {collection.ids[row] for row in readable}
    return Sample(len(ids), len(readable), gap(run, now, lengths, names), report, images.shape[1])


def _drawn(collection: Collection, readable: Sequence[int], run: Run) -> list[int]:
    """Pictures to look at: half of any, half of those that the run shows in a first ten, each as
    likely as it is shown often."""
    shown = [painting for ids in run.ids for painting in ids[:CUT]]
    rows = {painting: row for row, painting in enumerate(collection.ids)}
    often = (rows.get(shown[place]) for place in shuffled(len(shown)))
    known, half = set(readable), min(SAMPLE, len(readable)) // 2
    found = dict.fromkeys(islice(dict.fromkeys(row for row in often if row in known), half))
    anywhere = (readable[place] for place in shuffled(len(readable)))
    found |= dict.fromkeys(islice((row for row in anywhere if row not in found),
                                  min(SAMPLE, len(readable)) - len(found)))  # fmt: skip
    drawn = [row for row in found if row is not None]
    return [drawn[place] for place in shuffled(len(drawn))]


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
