"""When to ask again: as late as the server says, else later each time, and not for ever."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from benchmark.collections.pulling.clock import Clock, Gate
from benchmark.collections.pulling.refusals import Again, Unavailable

TRIES = 5
LONGEST_S = 600.0
"""A server that wants to be left alone for longer ends the pull: it is not asked sooner."""
_FIRST_S = 1.0

Result = TypeVar("Result")


class Patience:
    """With one server: what it asks of one thread, all of them heed."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._gate = clock, Gate(clock)

    def with_(self, attempt: Callable[[], Result]) -> Result:
        """What an attempt gives in the end. Raises Unavailable, Ended, or what it raises."""
        why = ""
        for number in range(TRIES):
            self._gate.wait()
            try:
                return attempt()
            except Again as again:
                why = str(again)
                if again.after > LONGEST_S:
                    self._clock.stop(f"{why}, and asks to wait {again.after / 60:.0f} minutes")
                self._gate.shut(again.after)
                last = number + 1 == TRIES
                # Half of it by chance, so that two do not come back together.
                later = _FIRST_S * 2**number * random.uniform(0.5, 1)
                self._clock.wait(0 if last else later)
        raise Unavailable(f"{why}, {TRIES} times")


def seconds_of(told: str, unclear: float) -> float:
    """Seconds of a Retry-After, which is a number or a date; `unclear` where it is neither."""
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, OverflowError):
            return unclear
    return max(seconds, 0.0) if math.isfinite(seconds) else unclear
