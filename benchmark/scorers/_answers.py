"""What measures are computed from: a model's answers, and what is known of right ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.knowledge import Knowledge
from benchmark.records import Qrels, Run
from benchmark.scorers._once import once

DEPTH = 100
"""Paintings kept for each query: no measure looks further."""

CUT = 10
"""Paintings a visitor is shown, whose variety and exposure is measured."""

Subtopics = Mapping[str, Sequence[tuple[str, str]]]
"""Query id -> (subtopic, painting id) of every painting that answers it, by the kind it is of."""

Rows = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Judgments:
    """What is known of right answers, whoever answers: prepared once, used for every run."""

    qrels: Qrels
    query_ids: Sequence[str]
    """All that was asked, with or without a relevant painting."""
    subtopics: Subtopics = field(default_factory=dict)
    complete: bool = True
    """Whether every painting was judged for every query."""
    knowledge: Knowledge = Knowledge({}, {})  # noqa: RUF009, frozen
    sessions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Conversation -> ids of its turns in order; empty where no conversations were asked."""


@dataclass(frozen=True, eq=False)
class Embeddings:
    """An encoder's own embeddings: of texts (q, d) and of paintings (n, d), as they were run."""

    query_ids: Sequence[str]
    texts: Rows
    painting_ids: Sequence[str]
    images: Rows
    truncated: float | None = None
    """Share of texts longer than the model reads; None where it does not say."""

    def only(self, query_ids: Set[str]) -> Embeddings:
        """The same with some of the texts."""
        kept = [row for row, query in enumerate(self.query_ids) if query in query_ids]
        names = [self.query_ids[row] for row in kept]
        return replace(self, query_ids=names, texts=self.texts[kept])


@dataclass(frozen=True, eq=False)
class Answers:
    """A run beside its judgments. `paintings`: how many there were to be found."""

    run: Run
    judgments: Judgments
    paintings: int = 0
    embeddings: Embeddings | None = None


@once
def answered(judgments: Judgments) -> list[str]:
    """The queries that have a relevant painting, in the order asked: only these have values."""
    return [q for q in judgments.query_ids if any(judgments.qrels.get(q, {}).values())]


@once
def lists(answers: Answers) -> dict[str, tuple[str, ...]]:
    """Query -> paintings, best first; a query the run does not have is absent."""
    return dict(zip(answers.run.query_ids, answers.run.ids, strict=True))
