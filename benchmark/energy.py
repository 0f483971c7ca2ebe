"""Energy of a pass, by codecarbon: offline, this process with its workers, a new tracker each."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

COUNTRY = os.environ.get("CIMAISE_COUNTRY", "FRA")
"""Whose electricity grams of CO2 are given for: an ISO code of three letters."""

_JOULES = 3.6e6  # in a kWh
_EVERY_S = 1.0


@dataclass
class Spent:
    """Joules of one pass by part, grams of CO2 equivalent, seconds."""

    cpu_j: float
    gpu_j: float
    ram_j: float
    g_co2e: float
    seconds: float


class Meter:
    """Measures while its context is open; `spent` holds what it found afterwards.

    Process mode: the load of this process and its children. Where RAPL counters can be read,
    they count the whole processor, so nothing else should run then.
    """

    def __enter__(self) -> Meter:
        from codecarbon import OfflineEmissionsTracker

        logging.getLogger("codecarbon").disabled = True  # it greets before it heeds `log_level`
        self._tracker = OfflineEmissionsTracker(
            country_iso_code=COUNTRY,
            tracking_mode="process",
            measure_power_secs=_EVERY_S,
            output_methods=[],
            allow_multiple_runs=True,
        )
        self._tracker.start()
        self._began = perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        seconds = perf_counter() - self._began
        self._tracker.stop()
        if kind is not None:
            return
        found = self._tracker.final_emissions_data
        self.spent = Spent(
            cpu_j=found.cpu_energy * _JOULES,
            gpu_j=found.gpu_energy * _JOULES,
            ram_j=found.ram_energy * _JOULES,
            g_co2e=found.emissions * 1000,
            seconds=seconds,
        )


def method() -> Literal["measured", "modelled"]:
    """Whether the processor's energy is read from its counters here, or modelled from its load."""
    from codecarbon.core.cpu import is_rapl_available

    return "measured" if is_rapl_available() else "modelled"
