"""The result of one submission on one collection, as kept in leaderboard/results/."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 4

UNSTABLE = 0.15
"""Spread of rounds from which on a figure is marked unstable."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Interval(_Record):
    """A mean over topics with its 95 % interval (BCa bootstrap)."""

    mean: float
    low: float
    high: float


class About(_Record):
    """The submission as its manifest described it when it was scored."""

    title: str
    summary: str
    role: str
    teacher: str | None
    base: str | None
    inputs: list[str]
    adapter: str
    licence: str
    authors: list[str]
    links: list[str]


class Gallery(_Record):
    """The collection searched. `left_out`: pictures that could not be read, by id."""

    name: str
    fingerprint: str
    paintings: int
    left_out: list[str]


class Asked(_Record):
    """The query set. `unanswered`: queries without relevant paintings, left out of means."""

    split: str
    queries: int
    topics: int
    texts_digest: str
    qrels_digest: str
    unanswered: list[str]


class Conversations(_Record):
    """What is found in conversations. `turns`: ndcg@10 of first turns, second turns, ..."""

    sessions: int
    nsdcg: Interval
    turns: list[Interval]


class Stored(_Record):
    """A smaller way to keep the rows, and what is then found."""

    way: str
    bytes_per_painting: float
    main: float


class Trade(_Record):
    """The first ten re-ranked for variety (MMR), and what that costs in relevance."""

    weight: float
    """Of relevance: 1 leaves the order, less looks for what is unlike the ones before."""
    measures: dict[str, float]


class Space(_Record):
    """What an encoder's own rows show, beyond the lists they give."""

    geometry: dict[str, float]
    stored: list[Stored]
    trade: list[Trade]


class Hardware(_Record):
    """A machine, and the device the model ran on."""

    processor: str
    cores: int
    memory_gb: float
    device: str


class Size(_Record):
    """What is known of a model without a clock."""

    parameters: dict[str, int]
    """Parameters by tower; empty where the model does not say."""
    weight_mb: float
    """Weights on disk, MiB."""
    bytes_per_painting: int | None
    """Bytes of the embedding kept for each painting; None where there is none."""


class Ratio(_Record):
    """A figure over the reference's, round by round: the middle, the least, the greatest."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, middle: float, low: float, high: float) -> Ratio:
        return cls(middle=middle, low=low, high=high)


class Energy(_Record):
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

    @property
    def joules(self) -> float:
        return self.cpu_j + self.gpu_j + self.ram_j


class Cost(_Record):
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


class Provenance(_Record):
    """From what this result follows, by digest, and with which code."""

    submission: str
    weights: str | None
    """Commit of the hub repository, where weights come from there."""
    weights_digest: str | None = None
    """Digest of its files as they were run."""
    encode_code: str
    rank_code: str = ""
    score_code: str
    cimaise: str
    libraries: dict[str, str]
    date: str
    isolation: str


class Result(_Record):
    """One row of the board."""

    schema_version: int = SCHEMA_VERSION
    submission: str
    about: About
    collection: Gallery
    queries: Asked
    measures: dict[str, Interval]
    categories: dict[str, dict[str, Interval]]
    """Category -> measure -> interval."""
    languages: dict[str, dict[str, Interval]]
    held_out: dict[str, dict[str, Interval]]
    """For "seen", and for "held out" of training pictures, where queries say so."""
    french: Interval | None
    """Main measure in French less that in English, topic by topic, where both are asked."""
    conversations: Conversations | None
    catalogue: dict[str, float]
    """Measures of the run as a whole."""
    space: Space | None
    """None for what keeps no rows, and where judgments changed since they lay here."""
    size: Size
    cost: Cost | None
    """None where costs were not asked for."""
    provenance: Provenance
