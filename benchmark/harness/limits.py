"""What a worker may use up: held by the kernel where it can be, else watched by the parent."""

from __future__ import annotations

import contextlib
import os
import resource
import time
from pathlib import Path

import psutil

from benchmark.errors import SubmissionFailed
from benchmark.submission import Limits

_GB = 10**9
_LOOK_EVERY, _WEIGH_EVERY = 0.2, 1.0
"""Seconds between two looks at processes, and at the scratch folder."""


def hold(limits: Limits) -> None:
    """Set this process's own limits, for good: processor time, file size, no core dumps.

    Called by the worker before a stranger's code is loaded. Address space is not limited here:
    torch reserves many times what it uses; resident memory is watched instead.
    """
    cores = os.cpu_count() or 1
    for kind, most in (
        (resource.RLIMIT_CPU, limits.wall_s * cores),
        (resource.RLIMIT_FSIZE, int(limits.scratch_gb * _GB)),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


class Watch:
    """Looks after one worker from outside. `look` raises SubmissionFailed once it goes too far.

    `peak_memory`: the most it saw resident, bytes, of the worker with its children.
    """

    def __init__(self, pid: int, out: Path, limits: Limits) -> None:
        self._worker, self._out, self._limits = psutil.Process(pid), out, limits
        self._began = self._looked = self._weighed = time.monotonic()
        self.peak_memory = 0

    def look(self) -> None:
        """Check time, memory, processes and scratch, each as often as it is worth."""
        now = time.monotonic()
        if now - self._began > self._limits.wall_s:
            raise SubmissionFailed(f"took more than {self._limits.wall_s} s (limits.wall_s)")
        if now - self._looked > _LOOK_EVERY:
            self._looked = now
            self._count()
        if now - self._weighed > _WEIGH_EVERY:
            self._weighed = now
            self._weigh()

    def _count(self) -> None:
        memory, processes = 0, 0
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in (self._worker, *self._worker.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    memory += process.memory_info().rss
                    processes += 1
        self.peak_memory = max(self.peak_memory, memory)
        if memory > self._limits.memory_gb * _GB:
            raise SubmissionFailed(
                f"used more than {self._limits.memory_gb:g} GB of memory (limits.memory_gb)"
            )
        if processes > self._limits.processes:
            raise SubmissionFailed(
                f"started more than {self._limits.processes} processes (limits.processes)"
            )

    def _weigh(self) -> None:
        size = 0
        for folder, _, names in os.walk(self._out):
            for name in names:
                with contextlib.suppress(OSError):
                    size += (Path(folder) / name).lstat().st_blocks * 512
        if size > self._limits.scratch_gb * _GB:
            raise SubmissionFailed(
                f"wrote more than {self._limits.scratch_gb:g} GB (limits.scratch_gb)"
            )
