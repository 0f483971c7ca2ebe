"""First stage: from a submission to embeddings, or to a searcher's lists, in the cache."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmark.adapters import count
from benchmark.adapters import digest as digest_of_weights
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.cache import Entry, write_report
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import (
    TEXTS_AT_ONCE,
    Progress,
    batch_size,
    encode_images,
    encode_texts,
)
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.ranked import need_no_similarity
from benchmark.harness.evaluation.report import IMAGES, RANKING, TEXTS, Report
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import LeftOut
from benchmark.results.store import write_run
from benchmark.submission import Submission
from benchmark.workspace import replacing


def embed(
    session: Session,
    submission: Submission,
    entry: Entry,
    texts: Callable[[], list[str]],
    progress: Progress,
    threads: int | None = None,
) -> None:
    """Run the model for what `entry` lacks, and keep what it answers.

    `texts` gives what is asked, once the model is loaded: the collection is opened meanwhile if
    another thread does so.
    """
    progress("loading", 0, 1)
    folder = session.workspace.submissions / submission.name
    with session.cache.workplace(entry, session.fresh) as place:
        job = session.job(folder, submission, threads)
        with Model(job) as model:
            model.load()
            asked = texts()
            report = reported(model, job, asked)
            if not model.can("Encoder"):
                need_no_similarity(submission)
                if model.can("Captioner") and not model.can("Searcher"):
                    raise LeftOut("captions pictures, which no task here asks for")
                if not model.can("Searcher"):
                    raise SubmissionFailed(
                        "is neither Encoder nor Searcher, so it finds no painting by itself; "
                        "name a first stage in [pipeline]"
                    )
                order = index(model, session.collection, submission)
                run = searched(model, session.collection, order, asked)
                write_run(entry.texts / RANKING, run)
            else:
                # Another run may have encoded the pictures while this one waited.
                if session.fresh or not entry.has_images:
                    report = _pictures(session, model, submission, report, place, progress)
                    session.cache.keep_images(entry, place, report)
                kept = entry.image_report()
                report = kept.model_copy(update={"truncated": report.truncated})
                images = read(entry.images / IMAGES, len(session.collection))
                rows = encode_texts(model, asked, min(report.batch_size, TEXTS_AT_ONCE))
                same_width(images.shape[1], rows.shape[1])
                with replacing(entry.texts / TEXTS) as temporary, temporary.open("wb") as out:
                    np.save(out, rows)
    try:
        session.unchanged(submission, entry.checkpoint)
    except SubmissionFailed:
        shutil.rmtree(entry.images)  # of which model they are, nobody knows
        raise
    write_report(entry.texts, report)  # last: a kill before it leaves nothing to be swept later


def same_width(pictures: int, texts: int) -> None:
    """Raise SubmissionFailed unless embeddings of both can be multiplied."""
    if pictures != texts:
        raise SubmissionFailed(f"pictures have {pictures} dimensions, texts {texts}")


def reported(model: Model, job: Job, texts: list[str]) -> Report:
    """What is known of a model before it is asked for anything."""
    told = model.told(texts)
    counted, weight = count(job.folder, job.manifest.own_model, job.snapshot)
    return Report(
        kind="encoder" if model.can("Encoder") else "searcher",
        device=named(model.cuda),
        load_s=model.load_s,
        parameters=told.parameters if counted is None else counted,
        counted=counted is not None,
        weight_bytes=weight,
        weights_commit=job.snapshot.name if job.snapshot else None,
        weights_digest=digest_of_weights(job.snapshot) if job.snapshot else None,
        batch_size=TEXTS_AT_ONCE,
        truncated=told.truncated,
        pictures_per_s=None,
        isolation="sandbox" if model.walled else "process",
        left_out=[],
    )


def _pictures(
    session: Session,
    model: Model,
    submission: Submission,
    report: Report,
    place: Path,
    progress: Progress,
) -> Report:
    collection = session.collection
    size = batch_size(model, collection, submission.batch_size, submission.limits.memory_gb)
    left_out, speed, size = encode_images(model, collection, size, place, progress)
    found = {"left_out": left_out, "pictures_per_s": speed, "batch_size": size}
    return report.model_copy(update=found)
