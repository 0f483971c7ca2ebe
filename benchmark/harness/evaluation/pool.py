"""Several workers at once, each with its share of the cores; one Ctrl-C ends them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil

from benchmark.harness.isolation.limits import stopping
from benchmark.submission import Submission

Value = TypeVar("Value")


def at_once(submissions: Iterable[Submission], device: str) -> int:
    """How many workers run side by side: one a core, as far as memory holds what each may use.

    One where they would share a graphics card.
    """
    limits = [submission.limits.memory_gb for submission in submissions]
    if not limits or (device != "cpu" and any(Path("/dev").glob("nvidia[0-9]*"))):
        return 1
    room = int(psutil.virtual_memory().total / 1e9 // max(limits))
    return max(1, min(cores(), len(limits), room))


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


@contextmanager
def pool(workers: int) -> Iterator[Callable[[Callable[[], Value]], Future[Value]]]:
    """Gives `begin(work)`. Once the block is left by an exception, no work begins any more, and
    whatever waits for a worker raises KeyboardInterrupt, as in a run of one at a time."""
    executor = ThreadPoolExecutor(workers)
    try:
        yield executor.submit
    except BaseException:
        stopping.set()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        stopping.clear()
