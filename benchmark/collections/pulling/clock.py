"""Time that a pull waits in, which ends at once when the pull is to end."""

from __future__ import annotations

import threading
import time

from benchmark.collections.pulling.refusals import Ended


class Clock:
    """Seconds since some moment, and waiting."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._why = ""

    def now(self) -> float:
        """Seconds."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Raises Ended once the pull is to end, even for no seconds."""
        if self._stopped.wait(max(seconds, 0)):
            raise Ended(self._why)

    def stop(self, why: str) -> None:
        """End every wait, this one and those to come. The first reason is the one that is said."""
        self._why = self._why or why
        self._stopped.set()


class Pace:
    """No more than so many bytes a second, for all threads together."""

    def __init__(self, clock: Clock, bytes_per_s: float) -> None:
        self._clock, self._rate = clock, bytes_per_s
        self._lock, self._free = threading.Lock(), 0.0

    def took(self, size: int) -> None:
        """Wait for as long as these bytes may take."""
        with self._lock:
            now = self._clock.now()
            self._free = max(self._free, now) + size / self._rate
            wait = self._free - now
        self._clock.wait(wait)


class Gate:
    """A server's doors: shut for all threads until it says that they may come again."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._until = clock, 0.0

    def shut(self, seconds: float) -> None:
        """For so long at least; what was said before still holds."""
        self._until = max(self._until, self._clock.now() + seconds)

    def wait(self) -> None:
        """Until they are open. Raises Ended."""
        while (left := self._until - self._clock.now()) > 0:
            self._clock.wait(left)
        self._clock.wait(0)
