"""What a submission costs: its size, and what was measured, on which machine."""

from __future__ import annotations

from typing import Literal

from benchmark.energy import COUNTRY, Spent, method
from benchmark.records import Record

UNSTABLE = 0.15
"""Spread of rounds from which on a figure is marked unstable."""

SELF_REPORTED = (
    "device_allocated_mb",
    "device_reserved_mb",
    "flops_per_picture",
    "flops_per_query",
)
"""Fields of a cost that only the submission's own process can tell: shown as such, and in no
front."""


class Hardware(Record):
    """A machine, and the device the model ran on."""

    processor: str
    cores: int
    memory_gb: float
    device: str


class Size(Record):
    """What is known of a model without a clock."""

    parameters: dict[str, int]
    """Parameters by tower; empty where the model does not say."""
    counted: bool = True
    """Whether our own process counted the parameters in the weight files; else they are the
    submission's own word."""
    weight_mb: float
    """Weights on disk, MiB."""
    bytes_per_painting: int | None
    """Bytes of the embedding kept for each painting; None where there is none."""


class Ratio(Record):
    """A figure over the reference's, round by round: the middle, the least, the greatest."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, middle: float, low: float, high: float) -> Ratio:
        return cls(middle=middle, low=low, high=high)


class Energy(Record):
    """Joules for 1,000 inputs, by part of the machine, over a pass of its own."""

    method: Literal["measured", "modelled"]
    """How the processor's part was had: RAPL counters, or codecarbon's model of its load. Memory
    is always modelled, a GPU always measured."""
    cpu_j: float
    gpu_j: float
    ram_j: float
    g_co2e: float
    """Grams of CO2 equivalent for the same, with the electricity of `country`."""
    country: str
    seconds: float

    @classmethod
    def for_thousand(cls, spent: Spent, items: int) -> Energy | None:
        """What 1,000 took, of the items done meanwhile.

        None where a part is negative or all are nothing: a pass too short for the counters.
        """
        parts = (spent.cpu_j, spent.gpu_j, spent.ram_j)
        if min(parts) < 0 or not sum(parts):
            return None
        share = 1000 / items
        return cls(
            method=method(),
            cpu_j=spent.cpu_j * share,
            gpu_j=spent.gpu_j * share,
            ram_j=spent.ram_j * share,
            g_co2e=spent.g_co2e * share,
            country=COUNTRY,
            seconds=spent.seconds,
        )

    @property
    def joules(self) -> float:
        return self.cpu_j + self.gpu_j + self.ram_j


class Cost(Record):
    """What the submission took, in passes made for measuring, on the machine in `hardware`.

    None: does not apply, or could not be measured.
    """

    load_s: float
    """Seconds to import what the model needs and to make it ready; a searcher's index included."""
    first_query_ms: float
    first_picture_ms: float | None
    query_ms_p50: float
    query_ms_p90: float
    query_ms_p99: float
    """Milliseconds from one text to its ranked list, one query at a time."""
    query_encode_ms: float
    query_search_ms: float
    """Medians of the two parts: text to row, row to ranked list."""
    queries_timed: int
    queries_per_s: float
    """Texts through the model, in batches."""
    pictures_per_s: float | None
    """Pictures through decoding, preprocessing and model, in batches."""
    decoded_pictures_per_s: float | None
    """The same for pictures that are decoded beforehand."""
    batch_size: int
    bare_memory_mb: float
    """Resident memory of the worker before the model was loaded, MiB."""
    peak_memory_mb: float
    """Peak resident memory above that, the worker's children included, MiB."""
    device_allocated_mb: float | None
    device_reserved_mb: float | None
    flops_per_picture: float | None
    flops_per_query: float | None
    """Floating-point operations, a multiply-add as two."""
    energy: dict[str, Energy]
    """For "queries" (one at a time) and "pictures" (in batches)."""
    spread: dict[str, float]
    """Figure -> middle half of its rounds over their median: the noise of the machine."""
    relative: dict[str, Ratio]
    """Figure -> how many times the reference's, the rounds of both taken in turns."""
    reference: str
    marks: list[str]
    """What the honesty tests found, in words for the board."""
    hardware: Hardware
    isolation: str
    code: str
    """Digest of the code that measured."""
    date: str

    @property
    def unstable(self) -> list[str]:
        """Figures whose rounds spread by more than 15 %."""
        return [name for name, spread in self.spread.items() if spread > UNSTABLE]
