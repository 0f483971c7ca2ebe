"""The result of one submission on one collection, as kept in leaderboard/results/."""

from __future__ import annotations

from typing import Literal

from benchmark.results.cost import Cost, Record, Size
from benchmark.results.provenance import score_code

SCHEMA_VERSION = 6


class Interval(Record):
    """A mean over topics with its 95 % interval (BCa bootstrap)."""

    mean: float
    low: float
    high: float


class About(Record):
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


class Gallery(Record):
    """The collection searched. `left_out`: pictures that could not be read, by id."""

    name: str
    fingerprint: str
    paintings: int
    left_out: list[str]


class Asked(Record):
    """The query set. `unanswered`: queries without relevant paintings, left out of means."""

    split: str
    queries: int
    topics: int
    texts_digest: str
    qrels_digest: str
    unanswered: list[str]


class Conversations(Record):
    """What is found in conversations. `turns`: ndcg@10 of first turns, second turns, ..."""

    sessions: int
    nsdcg: Interval
    turns: list[Interval]


class Stored(Record):
    """A smaller way to keep the rows, and what is then found."""

    way: str
    bytes_per_painting: float
    main: float


class Trade(Record):
    """The first ten re-ranked for variety (MMR), and what that costs in relevance."""

    weight: float
    """Of relevance: 1 leaves the order, less looks for what is unlike the ones before."""
    measures: dict[str, float]


class Space(Record):
    """What an encoder's own rows show, beyond the lists they give."""

    geometry: dict[str, float]
    stored: list[Stored]
    trade: list[Trade]


class Provenance(Record):
    """From what this result follows, by digest, and with which code."""

    submission: str
    weights: str | None
    """Commit of the hub repository, where weights come from there."""
    weights_digest: str | None = None
    """Digest of its files as they were run."""
    encode_code: str
    rank_code: str
    families: dict[str, str]
    """Family of measures -> code between the run and its values."""
    section_code: str
    """Code between values and means."""
    space_code: str
    """Code between embeddings and what they show beside the lists they give."""
    cimaise: str
    libraries: dict[str, str]
    date: str
    isolation: str

    @property
    def score_code(self) -> str:
        """One digest of all code between the run and the result."""
        return score_code(self.families, self.section_code)


Verdict = Literal["holds", "falls", "falls in other words", "too weak to tell"]


class Audit(Record):
    """What is left of the main measure on pictures, and in words, that nobody has seen."""

    seed: int
    paintings: int
    topics: int
    reworded: int
    """Topics asked in other words too."""
    fresh: Interval
    """On the fresh gallery, in the published words."""
    published: Interval
    """On as hard a part of the published gallery."""
    chance: float
    """What a random order is worth there."""
    ratio: Interval | None
    """`fresh` over `published`, topic by topic; None where the submission does not beat chance."""
    words: Interval | None
    """Other words over published ones, on the fresh gallery."""
    verdict: Verdict
    code: str
    date: str


class Disguise(Record):
    """How alike lists are for the same pictures cropped by 2 %, encoded anew and renamed."""

    seed: int
    paintings: int
    alike: Interval
    """Rank-biased overlap of the first ten, over topics: 1 is the same list."""
    verdict: Literal["holds", "falls", "too weak to tell"]
    date: str


class Result(Record):
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
    audit: Audit | None = None
    """Of the atelier, which can be drawn anew."""
    disguise: Disguise | None = None
    """Of other collections."""
