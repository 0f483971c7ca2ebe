"""One worker process: started inside its walls, listened to, asked, and ended whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmark.errors import SubmissionFailed
from benchmark.harness import sandbox
from benchmark.harness.ending import end
from benchmark.harness.job import Job
from benchmark.harness.limits import Watch
from benchmark.submission import Python

_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CUDA_VISIBLE_DEVICES")


class Process:
    """The process of one job, as a context manager; its files lie in `job.out`.

    It writes JSON lines to a pipe of its own and reads them from another, so that whatever a
    submission prints lands in a log. Raises SubmissionFailed, in one line, however it fails.
    """

    def __init__(self, job: Job) -> None:
        job.out.mkdir(parents=True, exist_ok=True)
        self.walled = sandbox.available()
        if isinstance(job.manifest.model, Python) and not self.walled and not job.trusted:
            raise SubmissionFailed(
                "brings code of its own, and no bubblewrap is here to wall it in; "
                "install bubblewrap, or trust it: --trust-code"
            )
        job_file = job.out / "job.json"
        job_file.write_text(job.model_dump_json(), encoding="utf-8")
        self._log = job.out / "log.txt"
        self._heard, says = os.pipe()
        asked, self._asks = os.pipe()
        command = [sys.executable, "-m", "benchmark.harness.worker", str(job_file)]
        command += [str(says), str(asked)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                sandbox.walled(command, job) if self.walled else command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(says, asked),
                cwd=job.out,
                env=_environment(job),
                start_new_session=True,
            )
        os.close(says)
        os.close(asked)
        self._watch = Watch(self._process.pid, job.out, job.manifest.limits)
        self._greeted = False
        self._messages = self._read()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)
        os.close(self._heard)
        os.close(self._asks)

    @property
    def peak_memory(self) -> int:
        """Highest resident memory seen so far, bytes, of the worker with its children."""
        return self._watch.peak_memory

    def messages(self) -> Iterator[dict[str, Any]]:
        """What the worker says, until it ends. Raises SubmissionFailed when it says it failed."""
        for message in self._messages:
            if "failed" in message:
                raise SubmissionFailed(" ".join(str(message["failed"]).split()))
            if "hello" in message:
                self._greeted = True
            else:
                yield message

    def ask(self, **request: object) -> dict[str, Any]:
        """The worker's answer to a request. Raises SubmissionFailed when it ends without one."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._asks, json.dumps(request).encode() + b"\n")
        return self.answer()

    def answer(self) -> dict[str, Any]:
        """The next answer it gives, as a worker to be measured gives one when it is ready."""
        for message in self.messages():
            if isinstance(answer := message.get("answer"), dict):
                return answer
        self.ended()
        raise SubmissionFailed("its process ended without an answer")

    def ended(self) -> int:
        """Wait for the end; its exit status. Raises SubmissionFailed where it was killed."""
        code = self._process.wait()
        if self.walled and code > 128:  # how bubblewrap passes on that its child was killed
            code = 128 - code
        if code == -signal.SIGXCPU:
            raise SubmissionFailed("used up its processor time (limits.wall_s times the cores)")
        if code < 0:
            names = {number.value: number.name for number in signal.Signals}
            raise SubmissionFailed(
                f"its process was killed by {names.get(-code, f'signal {-code}')}"
                + (", out of memory?" if code == -9 else "")
            )
        if not self._greeted:  # our own code did not start: no fault of the submission
            said = self._log.read_text(encoding="utf-8", errors="replace").split("\n")
            last = next((line for line in reversed(said) if line.strip()), "no word in its log")
            raise SubmissionFailed(f"its process could not start: {last.strip()[:300]}")
        return code

    def _read(self) -> Iterator[dict[str, Any]]:
        """Messages until the channel closes, or the worker is gone.

        A child the worker left behind may hold the channel open for ever.
        """
        rest = b""
        while True:
            gone = self._process.poll() is not None
            self._watch.look()
            if select.select([self._heard], [], [], 0 if gone else 0.2)[0]:
                chunk = os.read(self._heard, 65_536)
                if not chunk:
                    return
                *lines, rest = (rest + chunk).split(b"\n")
                yield from map(_message, lines)
            elif gone:
                return


def _message(line: bytes) -> dict[str, Any]:
    """A line as a message; empty where a stranger wrote something else."""
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _environment(job: Job) -> dict[str, str]:
    """A cleared environment: no tokens, no home; hubs stay closed, the parent has fetched."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if job.device == "cpu":
        kept["CUDA_VISIBLE_DEVICES"] = ""
    root = str(Path(__file__).parent.parent.parent)
    return kept | {
        "HOME": str(job.out),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": root,
    }
