"""What a submission costs, measured alone with nothing beside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.encode import TEXTS_AT_ONCE, Progress
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.job import Job
from benchmark.harness.profiling.bench import Gallery
from benchmark.harness.profiling.measure import REFERENCE, measure
from benchmark.results.cost import Cost
from benchmark.submission import Submission, load


def cost(session: Session, submission: Submission, entry: Entry, progress: Progress) -> Cost:
    """Measure what a submission costs, in turns with its teacher or the fixed reference."""
    home, report = session.workspace.submissions, entry.image_report()
    left_out = set(entry.left_out())
    rows = [row for row, one in enumerate(session.collection.ids) if one not in left_out]
    gallery = Gallery(session.collection, rows, session.texts)
    teacher = [home / submission.teacher] if submission.teacher else []

    def reference(folder: Path) -> tuple[Job, int]:
        job = session.job(folder, load(folder))
        size = job.manifest.batch_size
        return job, TEXTS_AT_ONCE if size == "auto" else size

    job = session.job(home / submission.name, submission)
    makers = [partial(reference, folder) for folder in (*teacher, REFERENCE)]
    return measure(job, report, makers, gallery, entry, progress)
