"""One leaderboard: everything the pages say of one collection, read from the store once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from benchmark.collections.base import Collection
from benchmark.collections.registry import Place
from benchmark.collections.triples_in_words import InWords
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Reasons, Run
from benchmark.results.comparison import Comparison
from benchmark.results.current import Stale, State, by_reason
from benchmark.results.schema import Result
from benchmark.results.standing import Standing
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.site.templates import file_name
from benchmark.site.thumbnails import Thumbnails
from benchmark.site.works import works

TOP = 10


@dataclass(frozen=True)
class Leaderboard:
    """One collection with its queries, current results, runs and values per query.

    `write` puts a thumbnail on the site, when a page first shows it.
    """

    place: Place
    store: Store
    write: Callable[[str, bytes], None]

    def read(self) -> None:
        """Read what pages are drawn from. Raises BadInput naming the file with a mistake."""
        _ = self.standing, self.runs

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def path(self) -> str:
        """The name as it stands in files and addresses."""
        return file_name(self.name)

    @cached_property
    def collection(self) -> Collection:
        return self.place.open()

    @cached_property
    def query_set(self) -> QuerySet:
        return queries.of(self.place, self.collection)

    @cached_property
    def _every(self) -> list[Result]:
        return self.store.results(self.name)

    @cached_property
    def _state(self) -> State:
        return State.of(self.place, len(self.collection), self.query_set, self._every)

    @cached_property
    def _parted(self) -> tuple[list[Result], list[Stale]]:
        return self._state.parted(self._every)

    @property
    def source(self) -> str:
        """Where the pictures come from that results are on; empty where they lie in its folder."""
        return self._state.pictures.source if self._state.pictures else ""

    @property
    def results(self) -> list[Result]:
        """Current results, best first; the only ones that are ranked."""
        return self._parted[0]

    @property
    def stale(self) -> dict[str, list[str]]:
        """Why results are not ranked -> the submissions it holds for."""
        return by_reason(self._parted[1])

    @cached_property
    def runs(self) -> dict[str, Run]:
        return {r.submission: self.store.run(self.name, r.submission) for r in self.results}

    @cached_property
    def values(self) -> dict[str, dict[str, float]]:
        """Submission -> query id -> main measure."""
        return {
            r.submission: self.store.scores(self.name, r.submission)[MAIN.name]
            for r in self.results
        }

    @cached_property
    def _in_words(self) -> InWords:
        return InWords.of(self.place)

    @cached_property
    def _reasons(self) -> dict[str, Reasons]:
        """Submission -> what speaks for its lists, of those that read the graph."""
        return {
            r.submission: self.store.reasons(self.name, r.submission)
            for r in self.results
            if self.store.has_reasons(self.name, r.submission)
        }

    def why(self, submission: str, query: Query) -> dict[str, str]:
        """Painting -> what the catalogue says for it, in words, of those that a submission shows
        first; empty where it does not say."""
        found = self._reasons.get(submission, {}).get(query.id, {})
        return {name: self._in_words.why(triples).line for name, triples in found.items()}

    @cached_property
    def standing(self) -> Standing:
        """All submissions compared by the main measure."""
        return Standing(self.store, self.results, self.query_set.queries)

    def pair(self, one: str, other: str) -> Comparison:
        """Two submissions compared."""
        return next(pair for pair in self.standing.pairs if {pair.a, pair.b} == {one, other})

    def stands(self, submission: str) -> str:
        """Where a submission stands, "2", or may stand, "2–4"."""
        best, worst = self.standing.places[submission]
        return str(best) if best == worst else f"{best}–{worst}"

    @cached_property
    def thumbnails(self) -> Thumbnails:
        return Thumbnails(self.collection, self.write, works(self.place))

    def topics(self, field: str, value: str) -> int:
        """How many topics are asked in a category or a language, or of what training showed."""
        if field == "held_out":
            wanted = value == "held out"
            return len({q.topic for q in self.query_set.queries if bool(q.held_out) == wanted})
        return len({q.topic for q in self.query_set.queries if getattr(q, field) == value})

    def top(self, submission: str, query: Query) -> list[dict[str, object]]:
        """The first ten paintings of one submission for one query, with scores and grades."""
        run = self.runs[submission]
        if query.id not in run.query_ids:
            return []
        at = run.query_ids.index(query.id)
        grades = self.query_set.qrels.get(query.id, {})
        unjudged = 0 if self.query_set.complete else None
        why = self.why(submission, query)
        return [
            {
                **self.thumbnails.card(painting),
                "why": why.get(painting, ""),
                "rank": rank,
                "score": float(score),
                "grade": grades.get(painting, unjudged),
            }
            for rank, (painting, score) in enumerate(
                zip(run.ids[at][:TOP], run.scores[at], strict=False), 1
            )
        ]
