"""The process one submission runs in: load the model, encode or search, report, end.

Started as `python -m benchmark.harness.worker JOB.json FD`; it talks to its parent in JSON lines
over the file descriptor, so that whatever the submission prints stays out of the way.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmark.collections.base import Collection
from benchmark.encoders.base import Counted, Encoder, Searcher
from benchmark.encoders.load import load as load_model
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.encode import Say, encode_images, encode_texts, timed
from benchmark.harness.job import RANKING, REPORT, TEXTS, Job, Report
from benchmark.harness.limits import hold
from benchmark.harness.pictures import opened
from benchmark.results.store import write_run
from benchmark.search.ranking import ranking


def work(job: Job, say: Say) -> Report:
    """Do the job; files go to `job.out`. Raises BadInput or SubmissionFailed."""
    started = time.perf_counter()
    submission = job.manifest
    model = load_model(job.submission, submission, job.snapshot, job.device)
    load_s = time.perf_counter() - started
    collection = opened(job)
    rows = job.only_rows if job.only_rows is not None else list(range(len(collection)))
    pictures_per_s: float | None = None
    left_out: list[str] = []
    if isinstance(model, Encoder):
        kind = "encoder"
        if job.images:
            began = time.perf_counter()
            left_out, new = encode_images(model, collection, rows, submission.batch_size, job, say)
            pictures_per_s = new / (time.perf_counter() - began) if new else None
        texts = encode_texts(model, job.texts, submission.batch_size)
        np.save(job.out / TEXTS, texts)
        query_ms = timed(lambda text: model.encode_texts([text]), job.texts)
    else:
        kind = "searcher"
        _search(model, collection, rows, frozenset(submission.inputs), job, say)
        query_ms = timed(lambda text: model.search([text], job.depth), job.texts)
    return Report(
        kind=kind,
        device=_device(job.device),
        load_s=load_s,
        weight_bytes=sum(path.stat().st_size for path in _weights(job)),
        weights_commit=job.snapshot.name if job.snapshot else None,
        parameters=model.parameters() if isinstance(model, Counted) else {},
        pictures_per_s=pictures_per_s,
        query_ms=query_ms,
        peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        left_out=left_out,
    )


def _search(
    model: Searcher,
    collection: Collection,
    rows: list[int],
    inputs: frozenset[str],
    job: Job,
    say: Say,
) -> None:
    say(stage="indexing", done=0, of=1)
    model.index([collection.painting(row, inputs) for row in rows])
    say(stage="indexing", done=1, of=1)
    ids, scores = model.search(job.texts, job.depth)
    known = {collection.ids[row] for row in rows}
    names = [str(number) for number in range(len(job.texts))]  # the parent knows the query ids
    write_run(job.out / RANKING, ranking(names, ids, scores, known, job.depth))


def _weights(job: Job) -> Iterator[Path]:
    return (job.snapshot or job.submission).rglob("*.safetensors")


def _device(wanted: str) -> str:
    """The device in words; torch is asked only where the model has loaded it."""
    torch = sys.modules.get("torch")
    if torch is not None and wanted in ("auto", "cuda") and torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    return "cpu"


def main() -> None:
    job = Job.model_validate_json(Path(sys.argv[1]).read_bytes())
    hold(job.manifest.limits)
    channel = os.fdopen(int(sys.argv[2]), "w", buffering=1, encoding="utf-8")

    def say(**message: object) -> None:
        channel.write(json.dumps(message) + "\n")

    try:
        report = work(job, say)
        (job.out / REPORT).write_text(report.model_dump_json(), encoding="utf-8")
        say(stage="done", done=1, of=1)
    except (BadInput, SubmissionFailed) as error:
        say(failed=str(error))
    except Exception as error:
        say(failed=_where(error, job.submission))
        with contextlib.suppress(OSError):  # the log may be full
            traceback.print_exc()
        sys.exit(1)


def _where(error: Exception, folder: Path) -> str:
    """An exception in one line, with the last place in the submission's own code, if any."""
    text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return f"{text} ({Path(frame.filename).name}, line {frame.lineno})"
    return text


if __name__ == "__main__":
    main()
