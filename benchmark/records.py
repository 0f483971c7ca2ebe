"""Plain records that pass between the stages: paintings, queries, judgments, runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from pydantic import BaseModel, ConfigDict

Qrels = dict[str, dict[str, int]]
"""Query id -> painting id -> grade (3 what was asked for, 2 mostly, 1 related, 0 not)."""


class Record(BaseModel):
    """What is kept as JSON: no field that is not known, none that changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Interval(Record):
    """A mean over topics with its 95 % interval (BCa bootstrap)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Query:
    """One request in one language. Queries of one `topic` ask the same thing in other words."""

    id: str
    text: str
    category: str = ""
    language: str = ""
    topic: str = ""
    held_out: str = ""
    """What it asks for that training of the collection's own models never shows, if anything."""


@dataclass(frozen=True)
class Painting:
    """What a searcher may see of a painting: only what its submission's `inputs` name."""

    id: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    image: Callable[[], Image] | None = None


@dataclass(frozen=True)
class Run:
    """Ranked results: for each query its painting ids, best first, and their scores.

    Scores are float32 and never rise along a list; equal scores stand in descending id order.
    Lists may be shorter than the depth asked for.
    """

    query_ids: tuple[str, ...]
    ids: tuple[tuple[str, ...], ...]
    scores: tuple[NDArray[np.float32], ...]

    def only(self, query_ids: Set[str]) -> Run:
        """The lists of some queries."""
        kept = [row for row, query in enumerate(self.query_ids) if query in query_ids]
        return Run(
            tuple(self.query_ids[row] for row in kept),
            tuple(self.ids[row] for row in kept),
            tuple(self.scores[row] for row in kept),
        )

    def cut(self, depths: Mapping[str, int]) -> Run:
        """The same lists, each no longer than its query's depth; those of no depth are gone."""
        kept = self.only({query for query in self.query_ids if depths[query]})
        return Run(
            kept.query_ids,
            tuple(ids[: depths[q]] for q, ids in zip(kept.query_ids, kept.ids, strict=True)),
            tuple(held[: depths[q]] for q, held in zip(kept.query_ids, kept.scores, strict=True)),
        )


Reasons = dict[str, dict[str, list[tuple[str, str, str]]]]
"""Query -> painting -> triples of the catalogue graph that speak for it, terms in N-Triples."""
