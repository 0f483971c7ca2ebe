"""What a worker may use up: held by the kernel where it can be, else watched by the parent."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from threading import Event

import psutil

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.walls import WRITABLE
from benchmark.submission import Limits

stopping = Event()
"""Set while a run is being ended: whoever waits for a worker then raises KeyboardInterrupt, which
otherwise reaches the main thread alone."""

_GB = 10**9
_LOOK_EVERY = 0.1
"""Seconds between two looks at processes, memory and scratch."""
_FILES = 10_000
"""Files and folders that a worker may make."""
_OPEN = 1024
_SOCKETS = 256
"""Sockets that a worker may have open: the kernel buffers some hundred kB in each."""
_SPARE = 2 * _GB
"""Bytes of memory set aside but not used that a process may have beyond its limit: libraries
reserve for every thread."""


def tasks(limits: Limits) -> int:
    """Threads that a worker's processes may have in all: libraries start one a core, twice."""
    return limits.processes + 8 * (os.cpu_count() or 1) + 32


def hold(limits: Limits, walled: bool) -> None:
    """Set this process's own limits, for good; its children have them too.

    Called by the worker before a stranger's code is loaded. Address space is not limited: torch
    reserves many times what it uses. What a process may write to of its own memory is.
    """
    cores = os.cpu_count() or 1
    wanted = {
        resource.RLIMIT_CPU: limits.wall_s * cores,
        resource.RLIMIT_FSIZE: int(limits.scratch_gb * _GB),
        resource.RLIMIT_DATA: int(limits.memory_gb * _GB) + _SPARE,
        resource.RLIMIT_NOFILE: _OPEN,
        resource.RLIMIT_CORE: 0,
    }
    if walled and _counts_by_namespace():
        wanted[resource.RLIMIT_NPROC] = tasks(limits)
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _counts_by_namespace() -> bool:
    """Whether a user's tasks outside the walls do not count inside (Linux 5.14 and later)."""
    version = [int(part) for part in os.uname().release.split(".")[:2] if part.isdigit()]
    return version >= [5, 14]


@cache
def scope() -> tuple[str, ...]:
    """The head of a command that runs in a control group of its own; empty where none can be had.

    Through systemd, which owns the groups of most machines (version 2): a scope takes properties
    MemoryMax and TasksMax, which the kernel then holds for all processes together.
    """
    if not Path("/sys/fs/cgroup/cgroup.controllers").is_file() or not shutil.which("systemd-run"):
        return ()
    head = ["systemd-run", "--scope", "--quiet", "--collect"]
    head += [] if os.getuid() == 0 else ["--user"]
    trial = [*head, "-p", "MemoryMax=1G", "-p", "TasksMax=64", "--", "true"]
    try:
        tried = subprocess.run(trial, capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ()
    return () if tried.returncode else tuple(head)


def grouped(command: list[str], limits: Limits) -> list[str]:
    """The command in a control group that holds its memory and its tasks, where there is one.

    In any case the kernel ends it first when the machine runs out of memory: so what no limit
    counts (locks, watches, what lies in pipes) costs the worker, not whoever else runs here.
    """
    if shutil.which("choom"):
        command = ["choom", "-n", "1000", "--", *command]
    if not scope():
        return command
    properties = {
        "MemoryMax": int(limits.memory_gb * _GB),
        "MemorySwapMax": 0,
        "TasksMax": tasks(limits),
    }
    said = [part for name, value in properties.items() for part in ("-p", f"{name}={value}")]
    return [*scope(), *said, "--", *command]


class Watch:
    """Looks after one worker from outside. `look` raises SubmissionFailed once it goes too far.

    `peak_memory`: the most it saw in use, bytes, of the worker with its children and its files,
    which lie in memory.
    """

    def __init__(self, pid: int, limits: Limits) -> None:
        self._worker, self._limits = psutil.Process(pid), limits
        self._began = self._looked = time.monotonic()
        self.peak_memory = 0

    def look(self) -> None:
        """Check time, and now and then memory, processes and scratch."""
        if stopping.is_set():
            raise KeyboardInterrupt
        now = time.monotonic()
        if now - self._began > self._limits.wall_s:
            raise SubmissionFailed(f"took more than {self._limits.wall_s} s (limits.wall_s)")
        if now - self._looked > _LOOK_EVERY:
            self._looked = now
            self.count()

    def count(self) -> int:
        """Bytes in use now, after checking them and the number of processes and files."""
        limits, memory, marks, tree = self._limits, 0, 0, self._tree()
        for process in tree:
            with contextlib.suppress(psutil.NoSuchProcess):
                memory += process.memory_info().rss
            figures = _figures(process.pid)
            memory += figures.get("VmSwap", 0) + figures.get("VmPTE", 0)
            marks += figures.get("VmHWM", 0)  # noted now: a process can clear its own
        kept, files, sockets = _scratch([process.pid for process in tree])
        memory += kept
        self.peak_memory = max(self.peak_memory, memory, marks)
        if memory > limits.memory_gb * _GB:
            raise SubmissionFailed(
                f"used more than {limits.memory_gb:g} GB of memory (limits.memory_gb)"
            )
        if len(tree) > limits.processes:
            raise SubmissionFailed(
                f"started more than {limits.processes} processes (limits.processes)"
            )
        if files > _FILES:
            raise SubmissionFailed(f"made more than {_FILES:,} files")
        if sockets > _SOCKETS:
            raise SubmissionFailed(f"opened more than {_SOCKETS} sockets")
        return memory

    def highest(self) -> int:
        """The kernel's own high-water mark of its processes, bytes, or what was seen if more."""
        marks = sum(_figures(process.pid).get("VmHWM", 0) for process in self._tree())
        return max(marks, self.peak_memory)

    def signal(self, number: int) -> None:
        """Send a signal to every process of the worker, those it started meanwhile included."""
        told: set[psutil.Process] = set()
        while new := set(self._tree()) - told:
            for process in new:
                with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    process.send_signal(number)
            told |= new

    def _tree(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return [self._worker, *self._worker.children(recursive=True)]
        return []


def _scratch(pids: list[int]) -> tuple[int, int, int]:
    """Bytes and files in the writable places behind the walls, and sockets, as the kernel counts.

    Asked through the first process that stands inside and lets itself be looked at: bubblewrap's.
    """
    here = os.stat("/")
    for pid in pids:
        with contextlib.suppress(OSError):
            root = os.stat(f"/proc/{pid}/root/.")
            if (root.st_dev, root.st_ino) != (here.st_dev, here.st_ino):
                found = [os.statvfs(f"/proc/{pid}/root{place}") for place in WRITABLE]
                kept = sum((one.f_blocks - one.f_bfree) * one.f_frsize for one in found)
                files = sum(one.f_files - one.f_ffree for one in found)
                used = Path(f"/proc/{pid}/net/sockstat").read_text().split()
                return kept, files, int(used[2])  # "sockets: used 3"
    return 0, 0, 0


def _figures(pid: int) -> dict[str, int]:
    """What the kernel says of a process's memory, bytes; nothing where it is gone, or no Linux.

    VmHWM is the high-water mark of this program alone, unlike getrusage's.
    """
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/status").read_text(errors="replace")
        lines = [line.split() for line in text.splitlines() if line.startswith("Vm")]
        return {name.rstrip(":"): int(kilobytes) * 1024 for name, kilobytes, *_ in lines}
    return {}
