"""Retrieval: a text is given, paintings are to be found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np

from benchmark.abilities import Searcher
from benchmark.records import Interval, Query
from benchmark.scorers import RUN, Answers, Judgments, Scores, compute
from benchmark.scorers.measures import CATALOGUE, GEOMETRY, MAIN, MEASURES
from benchmark.statistics import by_topic, interval
from benchmark.tasks._embeddings import EmbeddingFigures, figures
from benchmark.tasks._means import grouped, means
from benchmark.tasks._task import Section, Sources, Task


class RetrievalSection(Section):
    """What is found, as a whole and for every grouping of queries."""

    measures: dict[str, Interval]
    categories: dict[str, dict[str, Interval]]
    """Category -> measure -> interval."""
    languages: dict[str, dict[str, Interval]]
    held_out: dict[str, dict[str, Interval]]
    """For "seen", and for "held out" of training pictures, where queries say so."""
    french: Interval | None
    """Main measure in French less that in English, topic by topic, where both are asked."""
    catalogue: dict[str, float]
    """Measures of the run as a whole."""
    embeddings: EmbeddingFigures | None
    """None for what keeps no embeddings, and where judgments changed since they lay here."""

    def keeping(self, earlier: Section) -> Self:
        assert isinstance(earlier, RetrievalSection), "of the same task"
        return self.model_copy(update={"embeddings": earlier.embeddings})


class Retrieval(Task):
    name, title, ability = "retrieval", "Finding paintings by words", Searcher
    section = RetrievalSection
    measures = (*MEASURES, *CATALOGUE, *GEOMETRY)

    def asked(self, sources: Sources) -> list[tuple[str, str]]:
        return [(query.id, query.text) for query in sources.query_set.queries]

    def judgments(self, sources: Sources) -> Judgments:
        known = sources.query_set
        return Judgments(
            qrels=known.qrels,
            query_ids=tuple(query.id for query in known.queries),
            subtopics=known.subtopics,
            complete=known.complete,
            knowledge=sources.knowledge,
        )

    def summary(self, scores: Scores, answers: Answers, sources: Sources) -> RetrievalSection:
        queries = sources.query_set.queries
        told = any(query.held_out for query in queries)
        return RetrievalSection(
            measures=means(scores, queries),
            categories=grouped(scores, queries, lambda query: query.category),
            languages=grouped(scores, queries, lambda query: query.language),
            held_out=grouped(scores, queries, _held_out) if told else {},
            french=_french(scores, queries),
            catalogue={name: v[RUN] for name, v in compute(CATALOGUE, answers).items()},
            embeddings=figures(answers, queries) if answers.embeddings else None,
        )


def _held_out(query: Query) -> str:
    return "held out" if query.held_out else "seen"


def _french(scores: Scores, queries: Sequence[Query]) -> Interval | None:
    """French less English, over the topics asked in both."""
    values = {
        language: by_topic(scores[MAIN.name], [q for q in queries if q.language == language])
        for language in ("en", "fr")
    }
    both = values["en"].keys() & values["fr"].keys()
    if not both:
        return None
    return interval(np.array([values["fr"][t] - values["en"][t] for t in sorted(both)]))


TASK = Retrieval()
