"""The result of one submission on one collection, as kept in leaderboard/results/."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1


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


class Cost(_Record):
    """What the submission took on the machine named beside it. None: does not apply."""

    load_s: float
    """Seconds to import what the model needs and to make it ready."""
    pictures_per_s: float | None
    """Pictures through decode, preprocess and model, in batches."""
    query_ms_p50: float
    query_ms_p90: float
    """Milliseconds from one text to its ranked list, one query at a time."""
    peak_memory_mb: float
    """Peak resident memory of the worker process, MiB."""
    parameters: dict[str, int]
    """Parameters by tower; empty where the model does not say."""
    weight_mb: float
    """Weights on disk, MiB."""
    bytes_per_painting: int | None
    """Bytes of the embedding kept for each painting."""


class Hardware(_Record):
    """The machine the cost figures belong to."""

    processor: str
    cores: int
    memory_gb: float
    device: str


class Provenance(_Record):
    """From what this result follows, by digest, and with which code."""

    submission: str
    weights: str | None
    """Commit of the hub repository, where weights come from there."""
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
    cost: Cost
    hardware: Hardware
    provenance: Provenance
