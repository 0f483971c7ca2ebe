"""One worker process: started inside its walls, asked, heard, and ended whatever happens."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import Self

from benchmark.adapters import brings_code
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.answers import Answer, Hello, checked
from benchmark.harness.isolation.frames import packed
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.limits import Watch, grouped
from benchmark.harness.isolation.link import Closed, Link
from benchmark.harness.isolation.process_tree import end
from benchmark.submission import Limits

_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CUDA_VISIBLE_DEVICES")
_ROOT = Path(__file__).parents[3]
_PATIENCE = 5.0
"""Seconds that a process may take to end once it has closed its channel."""


class LeftOut(SubmissionFailed):
    """It cannot be asked here, through no fault of its own: there are no walls for the code that it
    brings, or no task for what it can do."""


class Process:
    """The process of one job, as a context manager; without a job, of no model at all.

    It is asked and answers in frames on pipes of its own, so that whatever a submission prints
    lands in a log. Raises SubmissionFailed, in one line, however it fails; BadInput where it would
    see the judgments.
    """

    def __init__(self, job: Job | None) -> None:
        limits = job.manifest.limits if job else Limits()
        missing = walls.missing()
        if job and missing and brings_code(job.manifest.own_model) and not job.trusted:
            raise LeftOut(f"brings code of its own, and {missing}")
        self.walled, self._job = not missing, job
        if job and self.walled and walls.show(job.folder):
            raise BadInput(
                job.folder.parent,
                "lies among the system's files or Python's, which every submission can read",
                "move the checkout with its judgments elsewhere",
            )
        self._place = Path(tempfile.mkdtemp(prefix="cimaise-"))
        """Where it works without walls; behind them, where copies of private files lie."""
        heard, says = os.pipe()
        asked, asks = os.pipe()
        prints, log = os.pipe()
        try:
            self._process = self._start(job, limits, asked, says, log)
        except BaseException as error:
            for stream in (heard, asks, prints):
                os.close(stream)
            shutil.rmtree(self._place, ignore_errors=True)
            if isinstance(error, OSError):  # such as a file that is gone since it was listed
                reason = f"{error.strerror}: {error.filename}"
                raise SubmissionFailed(f"its process could not be started ({reason})") from None
            raise
        finally:
            for stream in (says, asked, log):
                os.close(stream)
        self.watch = Watch(self._process.pid, limits)
        self._link = Link(heard, asks, prints, self.watch.look, self._gone)
        self._greeted, self._waiting = False, 0
        self.asked = self.answered = 0.0
        """When the last request was put and the last answer was whole, by our own clock."""

    def _start(
        self, job: Job | None, limits: Limits, asked: int, says: int, log: int
    ) -> subprocess.Popen[bytes]:
        """The worker, inside its walls where there are any."""
        command = [sys.executable, "-P", "-m", "benchmark.harness.worker", str(asked), str(says)]
        inside = None
        if self.walled:
            inside = walls.Walls(
                command,
                job.files if job else (),
                job.snapshot.name if job and job.snapshot else None,
                job.snapshot_files if job else (),
                self._place,
                int(limits.scratch_gb * 1e9),
                cuda=job is not None and job.device != "cpu",
                graph=job.graph if job else None,
            )
        try:
            return subprocess.Popen(
                grouped(inside.command if inside else command, limits),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(says, asked, *(inside.passed if inside else ())),
                cwd=self._place,
                env=_environment(job, "/tmp" if self.walled else str(self._place)),
                start_new_session=True,
            )
        finally:
            if inside is not None:
                inside.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            end(self._process)
        finally:
            self._link.close()
            shutil.rmtree(self._place, ignore_errors=True)

    def send(self, do: str, body: Sequence[bytes | memoryview] = (), **request: object) -> None:
        """Put a request; several may wait for their answers, which come in order.

        Raises SubmissionFailed where an answer lies ready that nobody has asked for.
        """
        if self._greeted and not self._waiting and self._link.unasked():
            raise SubmissionFailed("answered before it was asked")
        self._waiting += 1
        frame = packed({"do": do, **request}, body)
        self.asked = perf_counter()
        self._link.send(frame)

    def receive(self, kind: type[Answer], most: int = 0) -> tuple[Answer, bytearray]:
        """The next answer and its body of at most `most` bytes.

        Raises SubmissionFailed for what is no such answer, for a failure the worker tells of
        (RanOut where it was short of memory), and when it ends instead.
        """
        try:
            if not self._greeted:
                head, _ = self._link.receive(0)
                checked(Hello, head)
                self._greeted = True
            head, body = self._link.receive(most)
            self.answered = perf_counter()
            self._waiting -= 1
        except Closed:
            raise SubmissionFailed(self._verdict()) from None
        return checked(kind, head, self._named), body

    def ask(
        self,
        kind: type[Answer],
        do: str,
        body: Sequence[bytes | memoryview] = (),
        most: int = 0,
        **request: object,
    ) -> tuple[Answer, bytearray]:
        """One request and its answer."""
        self.send(do, body, **request)
        return self.receive(kind, most)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Its processes are stopped meanwhile: what works between requests gains and spoils
        nothing."""
        self.watch.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.watch.signal(signal.SIGCONT)

    def _gone(self) -> bool:
        return self._process.poll() is not None

    def _named(self, text: str) -> str:
        """What a worker says of its files, with the place where they lie for us."""
        if self._job is None or not self.walled:
            return text
        return text.replace(f"{walls.SUBMISSION}/", f"{self._job.folder}/")

    def _verdict(self) -> str:
        """How a process that said no more has ended, in words."""
        until = perf_counter() + _PATIENCE
        while (code := self._process.poll()) is None:
            if perf_counter() > until:
                return "closed its channel without an answer"
            self.watch.look()
            sleep(0.01)
        if self.walled and 128 < code < 128 + signal.NSIG:  # how bubblewrap passes on a kill
            code = 128 - code
        if code == -signal.SIGXCPU:
            return "used up its processor time (limits.wall_s times the cores)"
        if code < 0:
            names = {number.value: number.name for number in signal.Signals}
            name = names.get(-code, f"signal {-code}")
            return f"its process was killed by {name}" + (", out of memory?" if code == -9 else "")
        if not self._greeted:  # our own code did not start: no fault of the submission
            last = self._link.last_words() or "no word in its log"
            return f"its process could not start: {last[:300]}"
        return f"its process ended (exit {code}) without an answer"


def _environment(job: Job | None, home: str) -> dict[str, str]:
    """A cleared environment: no tokens, no home; hubs stay closed, the parent has fetched."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if job is None or job.device == "cpu":
        kept["CUDA_VISIBLE_DEVICES"] = ""
    if job is not None and job.threads is not None:  # heard by OpenMP, BLAS, MKL and torch
        kept["OMP_NUM_THREADS"] = str(job.threads)
    return kept | {
        "HOME": home,
        "TMPDIR": home,
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(_ROOT),
    }
