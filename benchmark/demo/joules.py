"""What one answer takes: by the processor's counters where they can be read, else an estimate.

An answer is over before the meter of `benchmark.energy` has looked once.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

Method = Literal["measured", "estimated"]
_COUNTERS = Path("/sys/class/powercap")


@dataclass
class Spent:
    """What passed: seconds by the clock, seconds on a core, joules where they were counted."""

    seconds: float = 0.0
    busy: float = 0.0
    counted: float | None = None


class Gauge:
    """Takes what passes while `around` is open."""

    def __init__(self, counters: Path = _COUNTERS) -> None:
        domains = sorted(counters.glob("intel-rapl:*[0-9]"))
        whole = [path for path in domains if path.name.count(":") == 1]  # packages, not their parts
        self._counters = whole if whole and all(map(_readable, whole)) else []
        self.method: Method = "measured" if self._counters else "estimated"
        self.watts: float | None = None
        """Of one busy core; None until it is known."""

    def prepare(self) -> None:
        """Learn the watts, as codecarbon has them for this processor: a second or two."""
        logging.getLogger("codecarbon").disabled = True
        from codecarbon.core.cpu import TDP

        cores = os.cpu_count() or 1
        self.watts = float(TDP().tdp or 4.0 * cores) / cores

    def joules(self, spent: Spent) -> float | None:
        """What the processor took; an estimate where nothing was counted."""
        if spent.counted is not None:
            return spent.counted
        return None if self.watts is None else self.watts * spent.busy

    @contextlib.contextmanager
    def around(self, processes: Sequence[int]) -> Iterator[Spent]:
        """Counters are of the whole processor; what is on a core, of this thread and of
        `processes`, given by their numbers."""
        spent, counted = Spent(), self._read()
        busy, own, began = _busy(processes), time.thread_time(), time.perf_counter()
        yield spent
        spent.seconds = time.perf_counter() - began
        spent.busy = time.thread_time() - own + max(0.0, _busy(processes) - busy)
        if self._counters:
            spent.counted = sum(map(_passed, self._counters, counted, self._read())) / 1e6

    def _read(self) -> list[int]:
        return [_number(path / "energy_uj") for path in self._counters]


def family(pid: int) -> list[int]:
    """The numbers of a process and of all below it."""
    with contextlib.suppress(psutil.Error):
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    return []


def _busy(processes: Iterable[int]) -> float:
    """Seconds that processes were on a core. The kernel counts them to the nanosecond by thread."""
    total = 0.0
    for pid in processes:
        threads = Path(f"/proc/{pid}/task")
        with contextlib.suppress(OSError, IndexError, ValueError):
            ran = [(thread / "schedstat").read_text().split()[0] for thread in threads.iterdir()]
            total += sum(map(int, ran)) / 1e9
            continue
        with contextlib.suppress(psutil.Error):  # no Linux
            used = psutil.Process(pid).cpu_times()
            total += used.user + used.system
    return total


def _passed(domain: Path, before: int, after: int) -> int:
    """Microjoules between two readings of a counter that begins anew at its end."""
    turn = 0 if after >= before else _number(domain / "max_energy_range_uj")
    return after - before + turn


def _readable(domain: Path) -> bool:
    try:
        return _number(domain / "energy_uj") >= 0
    except (OSError, ValueError):
        return False


def _number(path: Path) -> int:
    return int(path.read_text())
