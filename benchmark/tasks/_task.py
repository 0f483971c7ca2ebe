"""What a task says of itself, and what it may draw on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from benchmark.collections.base import Collection
from benchmark.collections.knowledge import Knowledge, knowledge
from benchmark.collections.registry import Place
from benchmark.queries.load import QuerySet
from benchmark.records import Record
from benchmark.scorers import Answers, Judgments, Measure, Scores, compute
from benchmark.scorers._once import once
from benchmark.scorers.measures import FAMILY

if TYPE_CHECKING:
    from benchmark.conversing.constraints import Catalogue


class Section(Record):
    """What a result says of one task."""

    def keeping(self, earlier: Section) -> Self:
        """This section with what a run alone cannot tell, from an `earlier` one of that run."""
        del earlier
        return self


@dataclass(frozen=True, eq=False)
class Sources:
    """What is known of a collection: its queries with their judgments, and of each painting.

    `know` is called when a task first asks for `knowledge`, `read` when one asks for `catalogue`.
    """

    query_set: QuerySet
    know: Callable[[], Knowledge]
    read: Callable[[], Catalogue | None] = lambda: None

    @classmethod
    def of(cls, place: Place, collection: Collection, query_set: QuerySet) -> Self:
        """Those of an opened collection; graphs are read when they are first asked for."""
        return cls(
            query_set,
            lambda: knowledge(place, collection),
            lambda: _catalogue(place, collection),
        )

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """The catalogue graph, where there is one."""
        return self.read()

    @cached_property
    def knowledge(self) -> Knowledge:
        return self.know()


def _catalogue(place: Place, collection: Collection) -> Catalogue | None:
    if place.catalogue_graph is None:
        return None
    from benchmark.collections.graph import load
    from benchmark.conversing.constraints import Catalogue

    return Catalogue(load(place.catalogue_graph).store, collection.ids)


class Task(ABC):
    """What is asked of a model, what is right, and what a result says of it."""

    name: ClassVar[str]
    """Its key in results."""
    title: ClassVar[str]
    ability: ClassVar[type]
    """The protocol of benchmark.abilities that a model needs. An Encoder is made a Searcher."""
    section: ClassVar[type[Section]]
    measures: ClassVar[tuple[Measure, ...]]

    @abstractmethod
    def asked(self, sources: Sources) -> list[tuple[str, str]]:
        """Questions as (id, text); none where the collection has nothing to ask. No two tasks
        use one id."""

    @abstractmethod
    def judgments(self, sources: Sources) -> Judgments:
        """What is right; prepared once, used for every model."""

    @abstractmethod
    def summary(self, scores: Scores, answers: Answers, sources: Sources) -> Section:
        """The section of a result that follows from values."""

    def score(self, answers: Answers, families: Set[str] | None = None) -> Scores:
        """Measure -> id -> value, of the measures that have more than one value for a run.

        `families`: those of some files of scorers/ alone.
        """
        several = [one for one in self.measures if one.unit != "run"]
        if families is not None:
            several = [one for one in several if FAMILY[one.name] in families]
        return compute(several, answers)


@once
def judged(sources: Sources, task: Task) -> Judgments:
    """A task's judgments of one collection, made once."""
    return task.judgments(sources)
