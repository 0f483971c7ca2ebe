"""The result of one submission on one collection, as kept in leaderboard/results/."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import SerializeAsAny, field_validator

from benchmark import tasks
from benchmark.collections.pictures import Pictures
from benchmark.queries.load import QuerySet
from benchmark.records import Interval as Interval
from benchmark.records import Record
from benchmark.results.cost import Cost, Size
from benchmark.results.provenance import score_code
from benchmark.scorers.measures import MAIN
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.tasks import Section
from benchmark.tasks._embeddings import EmbeddingFigures
from benchmark.tasks.conversation import ConversationSection
from benchmark.tasks.retrieval import RetrievalSection

SCHEMA_VERSION = 6


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
    training_data: list[str] | None = None
    similarity: str = INNER_PRODUCT
    """What its embeddings were searched by, if it has any."""


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

    @classmethod
    def of(cls, query_set: QuerySet, split: str = "test") -> Asked:
        return cls(
            split=split,
            queries=len(query_set.queries),
            topics=len({query.topic for query in query_set.queries}),
            texts_digest=query_set.texts_digest,
            qrels_digest=query_set.qrels_digest,
            unanswered=query_set.unanswered,
        )


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
    pictures: Pictures | None = None
    """What was shown of it; None where pictures lie in the collection's folder."""
    queries: Asked
    sections: dict[str, SerializeAsAny[Section]]
    """Task -> what it found. Retrieval is always among them: the board is ordered by it."""
    size: Size
    cost: Cost | None
    """None where costs were not asked for."""
    provenance: Provenance
    audit: Audit | None = None
    """Of the atelier, which can be drawn anew."""
    disguise: Disguise | None = None
    """Of other collections."""

    @field_validator("sections", mode="before")
    @classmethod
    def _of_tasks(cls, given: Any) -> Any:
        """Each section read as its task has it."""
        known = {task.name: task.section for task in tasks.all_tasks()}
        if not isinstance(given, dict):
            return given
        if unknown := sorted(map(str, given.keys() - known.keys())):
            raise ValueError(f"'{unknown[0]}' is no task")
        if "retrieval" not in given:
            raise ValueError("retrieval: missing")
        found = {name: known[name].model_validate(one) for name, one in given.items()}
        if MAIN.name not in found["retrieval"].measures:  # type: ignore[attr-defined]
            raise ValueError(f"retrieval.measures: has no {MAIN}")
        return found

    @property
    def _retrieval(self) -> RetrievalSection:
        found = self.sections["retrieval"]
        assert isinstance(found, RetrievalSection), "as it was read"
        return found

    @property
    def measures(self) -> dict[str, Interval]:
        """Measure -> mean over topics, of retrieval."""
        return self._retrieval.measures

    @property
    def categories(self) -> dict[str, dict[str, Interval]]:
        """Category -> measure -> interval."""
        return self._retrieval.categories

    @property
    def languages(self) -> dict[str, dict[str, Interval]]:
        """Language -> measure -> interval."""
        return self._retrieval.languages

    @property
    def held_out(self) -> dict[str, dict[str, Interval]]:
        """For "seen", and for "held out" of training pictures, where queries say so."""
        return self._retrieval.held_out

    @property
    def french(self) -> Interval | None:
        """Main measure in French less that in English, topic by topic, where both are asked."""
        return self._retrieval.french

    @property
    def catalogue(self) -> dict[str, float]:
        """Measures of the run as a whole."""
        return self._retrieval.catalogue

    @property
    def space(self) -> EmbeddingFigures | None:
        """What embeddings show; None for what keeps none, and where they were not at hand."""
        return self._retrieval.embeddings

    @property
    def conversations(self) -> ConversationSection | None:
        """None where no conversations were asked."""
        found = self.sections.get("conversation")
        return found if isinstance(found, ConversationSection) else None
