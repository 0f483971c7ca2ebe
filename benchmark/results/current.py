"""Which results of a collection follow from it as it is now, and why the others are stale.

One notion for `show`, `compare`, `export` and the site: only current results are ranked, and only
beside one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmark.collections.pictures import Pictures
from benchmark.collections.registry import Place
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.results.marks import lacking
from benchmark.results.provenance import score_code
from benchmark.results.schema import Result
from benchmark.results.store import Store

CURRENT = "current"


@dataclass(frozen=True)
class Stale:
    """A result that has no place, and the reason, as in "of another state of the gallery"."""

    result: Result
    reason: str


@dataclass(frozen=True)
class State:
    """What the results of a collection must follow from: digests of it, its queries, our code."""

    fingerprint: str
    paintings: int
    texts_digest: str
    qrels_digest: str
    score_code: str
    pictures: Pictures | None = None
    """Those that results must be on, where pictures are pulled."""

    @classmethod
    def of(
        cls, place: Place, paintings: int, query_set: QuerySet, results: Sequence[Result]
    ) -> State:
        """The state of a collection of so many paintings as it lies here now.

        Where its pictures are pulled: those that are here if none is missing, or else, as in a
        clone, those that most of the `results` are on which nothing else outdates.
        """
        state = cls(
            fingerprint=place.fingerprint(),
            paintings=paintings,
            texts_digest=query_set.texts_digest,
            qrels_digest=query_set.qrels_digest,
            score_code=score_code(),
        )
        if not place.pulls:
            return state
        here = place.pictures()
        if here is None or here.missing:
            found = Counter(one.pictures for one in results if not state._outdated(one))
            here = max(found, key=lambda one: (found[one], str(one)), default=None)
        return replace(state, pictures=here)

    def reason(self, result: Result) -> str:
        """Why a result is stale; empty where it is current."""
        return self._outdated(result) or self._otherwise_shown(result.pictures)

    def _outdated(self, result: Result) -> str:
        """Why it is stale whatever pictures it is on."""
        if result.pictures and result.pictures.missing:
            return lacking(result.pictures)
        if result.pictures and (out := len(result.collection.left_out)):
            # Noted with their digests, and otherwise once they were to be shown.
            return f"without {out:,} of its pictures, which changed since they were pulled"
        if result.collection.fingerprint != self.fingerprint:
            then = result.collection.paintings
            number = f": {then:,} paintings, now {self.paintings:,}"
            return "of another state of the gallery" + number * (then != self.paintings)
        if result.queries.texts_digest != self.texts_digest:
            return "of other queries"
        if result.queries.qrels_digest != self.qrels_digest:
            return "of other judgments"
        if result.provenance.score_code != self.score_code:
            return "scored by other code"
        return ""

    def _otherwise_shown(self, theirs: Pictures | None) -> str:
        """Why a result has no place beside those on `pictures`."""
        if theirs == self.pictures:
            return ""
        if theirs is None:
            return "on pictures that it does not name"
        if self.pictures is None or theirs.source == self.pictures.source:
            return f"on other pictures from {theirs.source}"
        return f"on pictures from {theirs.source}, not from {self.pictures.source}"

    def parted(self, results: Iterable[Result]) -> tuple[list[Result], list[Stale]]:
        """Current results in the order given, and stale ones by reason and name: in no ranking."""
        told = [(result, self.reason(result)) for result in results]
        stale = [Stale(result, reason) for result, reason in told if reason]
        current = [result for result, reason in told if not reason]
        return current, sorted(stale, key=lambda one: (one.reason, one.result.submission))


@dataclass(frozen=True)
class Board:
    """The results on a collection as it is now: current ones, best first, and stale ones."""

    state: State
    query_set: QuerySet
    current: list[Result]
    stale: list[Stale]


def board(place: Place, store: Store, incomplete: Store | None = None) -> Board:
    """Read a collection and its results. Raises BadInput naming the file with a mistake.

    `incomplete`: where those lie that lack pictures; they are among the stale ones.
    """
    collection = place.open()
    query_set = queries.of(place, collection)
    results = store.results(place.name)
    state = State.of(place, len(collection), query_set, results)
    results += incomplete.results(place.name) if incomplete else []
    return Board(state, query_set, *state.parted(results))


def by_reason(stale: Iterable[Stale]) -> dict[str, list[str]]:
    """Reason -> names of the submissions it holds for, in the order given."""
    found: dict[str, list[str]] = {}
    for one in stale:
        found.setdefault(one.reason, []).append(one.result.submission)
    return found
