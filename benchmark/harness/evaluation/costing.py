"""What a submission costs with all that it stands on, measured alone with nothing beside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmark.harness.evaluation.encode import TEXTS_AT_ONCE, Progress
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.job import Job
from benchmark.harness.profiling.bench import Gallery
from benchmark.harness.profiling.measure import REFERENCE, measure
from benchmark.harness.profiling.whole import Stage
from benchmark.results.cost import Cost
from benchmark.submission import Submission, load


def cost(session: Session, submission: Submission, progress: Progress) -> Cost:
    """Measure what a submission costs, in turns with its teacher or the fixed reference."""
    home, below = session.workspace.submissions, session.below(submission)
    texts = session.questions.texts_digest
    entries = [session.entry(one, texts) for one in (*below.values(), submission)]
    left_out = {name for entry in entries for name in entry.left_out()}
    rows = [row for row, one in enumerate(session.collection.ids) if one not in left_out]
    gallery = Gallery(session.collection, rows, session.texts)
    teacher = [home / submission.teacher] if submission.teacher else []

    def reference(folder: Path) -> tuple[Job, int]:
        job = session.job(folder, load(folder))
        size = job.manifest.batch_size
        return job, TEXTS_AT_ONCE if size == "auto" else size

    makers = [partial(reference, folder) for folder in (*teacher, REFERENCE)]
    return measure(_stage(session, submission), makers, gallery, progress)


def _stage(session: Session, submission: Submission) -> Stage:
    """A submission to be measured, with those that it stands on."""
    every, pipeline = session.below(submission), submission.pipeline
    folder = session.workspace.submissions / submission.name
    entry = session.entry(submission, session.questions.texts_digest)
    return Stage(
        manifest=submission,
        job=session.job(folder, submission) if submission.model else None,
        report=entry.image_report(),
        entry=entry,
        below=tuple(_stage(session, every[name]) for name in (pipeline.stages if pipeline else ())),
    )
