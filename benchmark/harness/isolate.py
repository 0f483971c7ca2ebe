"""Start a worker in its own process, follow its progress, and end it whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benchmark.errors import SubmissionFailed
from benchmark.harness import sandbox
from benchmark.harness.job import REPORT, Job, Report
from benchmark.harness.limits import Watch
from benchmark.submission import Python

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
    walled = sandbox.available()
    if isinstance(job.manifest.model, Python) and not walled and not job.trusted:
        raise SubmissionFailed(
            "brings code of its own, and no bubblewrap is here to wall it in; "
            "install bubblewrap, or trust it: --trust-code"
        )
    ours, theirs = os.pipe()
    command = [sys.executable, "-m", "benchmark.harness.worker", str(job_file), str(theirs)]
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            sandbox.walled(command, job) if walled else command,
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
    watch = Watch(process.pid, job.out, job.manifest.limits)
    try:
        for line in _lines(ours, process, watch):
            message = _message(line)
            if "failed" in message:
                failed = " ".join(str(message["failed"]).split())
            elif "stage" in message:
                progress(str(message["stage"]), *_counts(message))
        code = process.wait()
    finally:
        os.close(ours)
        _end(process)
    if failed is not None:
        raise SubmissionFailed(failed)
    if walled and code > 128:  # how bubblewrap passes on that its child was killed
        code = 128 - code
    if code < 0:
        names = {number.value: number.name for number in signal.Signals}
        if -code == signal.SIGXCPU:
            raise SubmissionFailed("used up its processor time (limits.wall_s times the cores)")
        raise SubmissionFailed(
            f"its process was killed by {names.get(-code, f'signal {-code}')}"
            + (", out of memory?" if code == -9 else "")
        )
    return _report(job.out / REPORT, code, "sandbox" if walled else "process")


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


def _lines(channel: int, process: subprocess.Popen[bytes], watch: Watch) -> Iterator[bytes]:
    """Lines of the channel until it closes, or its worker is gone.

    A child the worker left behind may hold the channel open for ever.
    """
    rest = b""
    while True:
        gone = process.poll() is not None
        watch.look()
        if select.select([channel], [], [], 0 if gone else 0.2)[0]:
            chunk = os.read(channel, 65_536)
            if not chunk:
                return
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        elif gone:
            return


def _counts(message: dict[str, Any]) -> tuple[int, int]:
    """Done and all of a stage; 0 of 1 where a stranger wrote no numbers."""
    done, of = message.get("done"), message.get("of")
    return (done, of) if isinstance(done, int) and isinstance(of, int) else (0, 1)


def _message(line: bytes) -> dict[str, Any]:
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


def _report(path: Path, code: int, isolation: str) -> Report:
    try:
        said = Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise SubmissionFailed(f"its process ended (exit {code}) without a report") from None
    report = said.model_copy(update={"isolation": isolation})
    path.write_text(report.model_dump_json(), encoding="utf-8")
    return report
