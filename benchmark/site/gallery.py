"""Everything the pages say of one collection, read from the store once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from benchmark.collections.base import Collection
from benchmark.collections.registry import Place
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results.provenance import score_code
from benchmark.results.schema import Result
from benchmark.results.standing import Standing
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.site.pictures import Thumbnails
from benchmark.site.render import file_name

TOP = 10


@dataclass(frozen=True)
class Gallery:
    """One collection with its queries, results, runs and values per query."""

    place: Place
    store: Store

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
    def results(self) -> list[Result]:
        """Results of these queries and measures as they are now; others are stale, not shown."""
        asked = self.query_set.texts_digest, self.query_set.qrels_digest
        now = (*asked, self.place.fingerprint(), score_code())
        return [
            result
            for result in self.store.results(self.name)
            if (
                result.queries.texts_digest,
                result.queries.qrels_digest,
                result.collection.fingerprint,
                result.provenance.score_code,
            )
            == now
        ]

    @cached_property
    def stale(self) -> list[str]:
        """Submissions whose result is of an earlier gallery, queries or measures."""
        fresh = {result.submission for result in self.results}
        kept = [result.submission for result in self.store.results(self.name)]
        return sorted(name for name in kept if name not in fresh)

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
    def standing(self) -> Standing:
        """All submissions compared by the main measure."""
        return Standing(self.store, self.results, self.query_set.queries)

    def stands(self, submission: str) -> str:
        """Where a submission stands, "2", or may stand, "2–4"."""
        best, worst = self.standing.places[submission]
        return str(best) if best == worst else f"{best}–{worst}"

    def topics(self, field: str, value: str) -> int:
        """How many topics are asked in a category or a language, or of what training showed."""
        if field == "held_out":
            wanted = value == "held out"
            return len({q.topic for q in self.query_set.queries if bool(q.held_out) == wanted})
        return len({q.topic for q in self.query_set.queries if getattr(q, field) == value})

    def top(self, submission: str, query: Query, thumbnails: Thumbnails) -> list[dict[str, object]]:
        """The first ten paintings of one submission for one query, with scores and grades."""
        run = self.runs[submission]
        if query.id not in run.query_ids:
            return []
        at = run.query_ids.index(query.id)
        grades = self.query_set.qrels.get(query.id, {})
        unjudged = 0 if self.query_set.complete else None
        return [
            {
                **thumbnails.card(painting),
                "rank": rank,
                "score": float(score),
                "grade": grades.get(painting, unjudged),
            }
            for rank, (painting, score) in enumerate(
                zip(run.ids[at][:TOP], run.scores[at], strict=False), 1
            )
        ]
