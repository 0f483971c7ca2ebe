"""A process with everything it started: ended together, for good."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time

import psutil

_PATIENCE = 10.0
"""Seconds to wait for killed processes: the kernel lets a write in progress finish first."""


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill its process group and its descendants; return once the last of them is gone.

    Behind bubblewrap's walls descendants are a session of their own, which dies a moment after
    the process itself: until then they may still write into the folder to be swept.
    """
    started: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        started = psutil.Process(process.pid).children(recursive=True)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for one in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    until = time.monotonic() + _PATIENCE
    while any(map(_alive, started)) and time.monotonic() < until:
        time.sleep(0.005)


def _alive(process: psutil.Process) -> bool:
    """Whether it can still write; a zombie that nobody has reaped cannot."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
