"""The process one submission runs in: load the model, encode or search, report, end.

Started as `python -m benchmark.harness.worker JOB.json FD FD`; it talks to its parent in JSON
lines over the first file descriptor, so that whatever the submission prints stays out of the way,
and reads from the second what it is asked while it is measured.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np
from pydantic import BaseModel

from benchmark.collections.base import Collection
from benchmark.encoders.base import Bounded, Counted, Encoder, Searcher
from benchmark.encoders.load import load as load_model
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.answers import Ready
from benchmark.harness.encode import TEXTS_AT_ONCE, Say, batch_size, encode_images, encode_texts
from benchmark.harness.footprint import resident_mb
from benchmark.harness.job import RANKING, REPORT, TEXTS, Job, Report
from benchmark.harness.limits import hold
from benchmark.harness.pictures import opened
from benchmark.results.store import write_run
from benchmark.search.ranking import ranking


def work(job: Job, say: Say) -> Report:
    """Do the job; files go to `job.out`. Raises BadInput or SubmissionFailed."""
    model, load_s = _timed_load(job)
    collection = opened(job)
    rows = job.only_rows if job.only_rows is not None else list(range(len(collection)))
    size, pictures_per_s = TEXTS_AT_ONCE, None
    left_out: list[str] = []
    if isinstance(model, Encoder):
        size = batch_size(model, collection, rows, job) if job.images else size
        if job.images:
            began = time.perf_counter()
            left_out, new, size = encode_images(model, collection, rows, size, job, say)
            pictures_per_s = new / (time.perf_counter() - began) if new else None
        np.save(job.out / TEXTS, encode_texts(model, job.texts, min(size, TEXTS_AT_ONCE)))
    else:
        _search(model, collection, rows, frozenset(job.manifest.inputs), job, say)
    return Report(
        kind="encoder" if isinstance(model, Encoder) else "searcher",
        device=_device(job.device),
        load_s=load_s,
        weight_bytes=sum(path.stat().st_size for path in _weights(job)),
        weights_commit=job.snapshot.name if job.snapshot else None,
        parameters=model.parameters() if isinstance(model, Counted) else {},
        batch_size=size,
        truncated=model.truncated(job.texts) if isinstance(model, Bounded) else None,
        pictures_per_s=pictures_per_s,
        left_out=left_out,
    )


def serve(job: Job, say: Say, requests: TextIO) -> None:
    """Be measured: answer one request a line, until there are no more."""
    from benchmark.harness.bench import Bench  # brings faiss, which encoding does without

    bare = resident_mb()
    model, load_s = _timed_load(job)
    collection = opened(job)
    out = set(job.left_out)
    rows = [row for row, painting in enumerate(collection.ids) if painting not in out]
    first_picture: float | None = None
    began = time.perf_counter()
    if isinstance(model, Encoder):
        model.encode_images([collection.image(rows[0])])
        first_picture = 1000 * (time.perf_counter() - began)
        began = time.perf_counter()
        model.encode_texts(job.texts[:1])
    else:
        inputs = frozenset(job.manifest.inputs)
        model.index([collection.painting(row, inputs) for row in rows])
        load_s += time.perf_counter() - began
        began = time.perf_counter()
        model.search(job.texts[:1], job.depth)
    first_query = 1000 * (time.perf_counter() - began)
    bench = Bench(model, collection, rows, job)
    answer: BaseModel = Ready(
        kind="encoder" if isinstance(model, Encoder) else "searcher",
        device=_device(job.device),
        load_s=load_s,
        first_query_ms=first_query,
        first_picture_ms=first_picture,
        bare_mb=bare,
    )
    say(answer=answer.model_dump())
    for line in requests:
        request = json.loads(line)
        answer = getattr(bench, request.pop("do"))(**request)
        say(answer=answer.model_dump())


def _timed_load(job: Job) -> tuple[Encoder | Searcher, float]:
    """The model, and the seconds it took to import what it needs and to make it."""
    began = time.perf_counter()
    model = load_model(job.submission, job.manifest, job.snapshot, job.device)
    return model, time.perf_counter() - began


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
    home = job.snapshot or job.submission
    return (path for kind in ("*.safetensors", "*.onnx") for path in home.rglob(kind))


def _device(wanted: str) -> str:
    """The device in words; torch and onnxruntime are asked only where the model loaded them."""
    torch, runtime = sys.modules.get("torch"), sys.modules.get("onnxruntime")
    if wanted in ("auto", "cuda"):
        if torch is not None and torch.cuda.is_available():
            return str(torch.cuda.get_device_name())
        if runtime is not None and "CUDAExecutionProvider" in runtime.get_available_providers():
            return "cuda, by onnxruntime"
    return "cpu"


def main() -> None:
    job = Job.model_validate_json(Path(sys.argv[1]).read_bytes())
    hold(job.manifest.limits)
    channel = os.fdopen(int(sys.argv[2]), "w", buffering=1, encoding="utf-8")
    requests = os.fdopen(int(sys.argv[3]), encoding="utf-8")

    def say(**message: object) -> None:
        channel.write(json.dumps(message) + "\n")

    say(hello=os.getpid())  # from here on, what goes wrong is the submission's
    try:
        if job.task == "measure":
            serve(job, say, requests)
            return
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
