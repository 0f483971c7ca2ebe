"""Let a worker do one job, follow its progress, and read its report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from benchmark.errors import SubmissionFailed
from benchmark.harness.job import REPORT, Job, Report
from benchmark.harness.process import Process

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""


def run_worker(job: Job, progress: Progress) -> Report:
    """Run one job to its end and return its report; its files lie in `job.out`.

    Raises SubmissionFailed with one line when the worker fails, dies or leaves no report.
    """
    with Process(job) as worker:
        for message in worker.messages():
            if "stage" in message:
                progress(str(message["stage"]), *_counts(message))
        code = worker.ended()
    return _report(job, code, "sandbox" if worker.walled else "process")


def _counts(message: dict[str, Any]) -> tuple[int, int]:
    """Done and all of a stage; 0 of 1 where a stranger wrote no numbers."""
    done, of = message.get("done"), message.get("of")
    return (done, of) if isinstance(done, int) and isinstance(of, int) else (0, 1)


def _report(job: Job, code: int, isolation: str) -> Report:
    path = job.out / REPORT
    try:
        said = Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise SubmissionFailed(f"its process ended (exit {code}) without a report") from None
    ours = {"isolation": isolation, "weights_digest": job.weights_digest}
    report = said.model_copy(update=ours)
    path.write_text(report.model_dump_json(), encoding="utf-8")
    return report
