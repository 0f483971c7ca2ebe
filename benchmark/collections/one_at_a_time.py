"""One process at a time: who comes second is told so, and does not wait."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmark.errors import BadInput


@contextmanager
def one_at_a_time(lock: Path, busy: BadInput) -> Iterator[None]:
    """Hold the lock of a file, which is made. Raises `busy` while another process holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy from None
        yield
