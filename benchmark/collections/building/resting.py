"""Leaving a server alone: while another process asks it, and for as long as it asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmark.collections.one_at_a_time import one_at_a_time
from benchmark.errors import BadInput
from benchmark.workspace import digest_of, replacing

_LONGEST = 3600.0
"""Seconds: who asks for more is not waited for, but remembered."""


@dataclass(frozen=True)
class Rest:
    """What a server said of waiting, in a folder for such notes, so that the next process knows."""

    address: str
    notes: Path
    sleep: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda line: None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other process asks it. Raises BadInput where one does."""
        problem = "is being asked by another build, and takes one query at a time"
        busy = BadInput(self.address, problem, "wait for that to end")
        with one_at_a_time(self._note(".lock"), busy):
            yield

    def ask_for(self, seconds: float) -> None:
        """Rest for so long, or as long as was asked for before."""
        until = max(time.time() + seconds, self._until())
        with replacing(self._note(".rest")) as temporary:
            temporary.write_text(str(until))

    def take(self) -> None:
        """Wait until the server may be asked again. Raises BadInput where that is too long."""
        seconds = self._until() - time.time()
        if not seconds <= _LONGEST:
            problem = f"asks to be left alone for {seconds:.0f} s"
            raise BadInput(self.address, problem, "run the same command then: it goes on")
        if seconds > 0:
            if seconds > 5:
                self.say(f"{self.address}: waiting {seconds:.0f} s, as it asks")
            self.sleep(seconds)

    def _until(self) -> float:
        try:
            return float(self._note(".rest").read_text())
        except (OSError, ValueError):
            return 0.0

    def _note(self, kind: str) -> Path:
        return self.notes / (digest_of(self.address)[:16] + kind)
