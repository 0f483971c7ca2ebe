"""Start a worker in its own process, follow its progress, and end it whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benchmark.errors import SubmissionFailed
from benchmark.harness.job import REPORT, Job, Report

ISOLATION = "process"
"""How workers are kept apart: an own process with a cleared environment, not a sandbox."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""

_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CUDA_VISIBLE_DEVICES")


def run_worker(job: Job, progress: Progress) -> Report:
    """Run one job to its end and return its report; its files lie in `job.out`.

    Raises SubmissionFailed with one line when the worker fails, dies or leaves no report.
    """
    job.out.mkdir(parents=True, exist_ok=True)
    job_file, log_file = job.out / "job.json", job.out / "log.txt"
    job_file.write_text(job.model_dump_json(), encoding="utf-8")
    ours, theirs = os.pipe()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmark.harness.worker", str(job_file), str(theirs)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(theirs,),
            cwd=job.out,
            env=_environment(job.out),
            start_new_session=True,
        )
    os.close(theirs)
    failed: str | None = None
    try:
        with os.fdopen(ours, encoding="utf-8", errors="replace") as channel:
            for line in channel:
                message = _message(line)
                if "failed" in message:
                    failed = str(message["failed"])
                elif "stage" in message:
                    progress(str(message["stage"]), int(message["done"]), int(message["of"]))
        code = process.wait()
    finally:
        _end(process)
    if failed is not None:
        raise SubmissionFailed(failed)
    if code < 0:
        name = signal.Signals(-code).name
        raise SubmissionFailed(
            f"its process was killed by {name}" + (", out of memory?" if code == -9 else "")
        )
    return _report(job.out / REPORT, code)


def _environment(out: Path) -> dict[str, str]:
    """A cleared environment: no tokens, no home; hubs stay closed, the parent has fetched."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    root = str(Path(__file__).parent.parent.parent)
    return kept | {
        "HOME": str(out),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": root,
    }


def _message(line: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker's whole session, children included; it is its own process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _report(path: Path, code: int) -> Report:
    try:
        return Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise SubmissionFailed(f"its process ended (exit {code}) without a report") from None
