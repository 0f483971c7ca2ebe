"""The submissions on two boards at once: one of real paintings, one of a world that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmark.results.comparison import places
from benchmark.results.marks import has_seen
from benchmark.results.schema import Interval, Result
from benchmark.scorers.measures import MAIN
from benchmark.site.leaderboard import Leaderboard
from benchmark.statistics import LEVEL, Values, draws

CHANCE = "chance"
"""The submission that ranks at random: the yardstick of both boards."""
DRAWN = 1_000
"""Times that the topics of both boards are drawn anew."""


@dataclass(frozen=True)
class Standpoint:
    """A submission on one of the two boards, among those on both."""

    value: Interval
    rank: int
    """By the mean; equal ones share it."""
    best: int
    worst: int
    """The places that tests leave open."""
    beats_chance: bool | None
    """Beyond doubt; None where no random order was scored, and for it itself."""
    seen: bool
    """Whether it learned from this world, by its own word."""
    version: str
    """Digest of its folder when it was scored here."""


@dataclass(frozen=True)
class Entry:
    """A submission on both boards."""

    result: Result
    real: Standpoint
    drawn: Standpoint

    @property
    def apart(self) -> int:
        """Places certainly between the two boards; 0 where the places left open meet."""
        one, other = self.real, self.drawn
        return max(one.best - other.worst, other.best - one.worst, 0)


@dataclass(frozen=True)
class Worlds:
    """Two boards, and the submissions with current results on both."""

    real: Leaderboard
    drawn: Leaderboard

    @cached_property
    def entries(self) -> list[Entry]:
        """Those on both, best on real paintings first; a random order among them."""
        there = {result.submission: result for result in self.drawn.results}
        here = [result for result in self.real.results if result.submission in there]
        both = [there[result.submission] for result in here]
        points = zip(_standpoints(self.real, here), _standpoints(self.drawn, both), strict=True)
        return [Entry(result, *pair) for result, pair in zip(here, points, strict=True)]

    @property
    def models(self) -> list[Entry]:
        """The same without the random order."""
        return [entry for entry in self.entries if entry.result.submission != CHANCE]

    @cached_property
    def tau(self) -> Interval | None:
        """Kendall's tau-b of the two orders, chance aside; None below three submissions.

        The interval is that of the middle 95 % where topics are drawn anew on both boards: it says
        how far the figure rests on which topics were asked, and nothing of other submissions.
        """
        names = [entry.result.submission for entry in self.models]
        if len(names) < 3:
            return None
        tables = [_table(board, names) for board in (self.real, self.drawn)]
        one, other = (draws(len(table))[:DRAWN] @ table for table in tables)
        # Turned, or two boards of as many topics would have the same ones drawn.
        drawn = tau_b(one, other[::-1])
        found = tau_b(*(table.mean(axis=0, keepdims=True) for table in tables))
        low, high = np.quantile(drawn, [LEVEL / 2, 1 - LEVEL / 2])
        return Interval(mean=float(found[0]), low=float(low), high=float(high))

    @property
    def related(self) -> int:
        """How many of the models were made from another one of them."""
        names = {entry.result.submission for entry in self.models}
        about = [entry.result.about for entry in self.models]
        return sum(one.teacher in names or one.base in names for one in about)

    @property
    def changed(self) -> list[str]:
        """Submissions whose folder was in another state when it was scored on the other board."""
        return [
            entry.result.submission
            for entry in self.entries
            if entry.real.version != entry.drawn.version
        ]


def worlds(boards: Sequence[Leaderboard]) -> Worlds | None:
    """The first board of pulled pictures and the first of a gallery's own, of those with a place;
    None where one is lacking, or no submission stands on both."""
    placed = [board for board in boards if board.place.declaration.board]
    real = next((board for board in placed if board.place.pulls), None)
    drawn = next((board for board in placed if not board.place.pulls), None)
    found = Worlds(real, drawn) if real and drawn else None
    return found if found and found.models else None


def tau_b(one: Values, other: Values) -> Values:
    """Kendall's tau-b (1945, Biometrika 33) of each row of (d, n) values; 0 where a side is all
    ties."""
    left, right = np.triu_indices(one.shape[1], 1)
    # Means that differ by rounding alone are equal.
    a, b = (np.sign(np.round(x[:, left] - x[:, right], 12)) for x in (one, other))
    ends = np.sqrt(np.abs(a).sum(axis=1) * np.abs(b).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.where(ends > 0, ends, 1))


def _standpoints(board: Leaderboard, results: Sequence[Result]) -> list[Standpoint]:
    names = {result.submission for result in results}
    pairs = [pair for pair in board.standing.pairs if {pair.a, pair.b} <= names]
    open_to = places(sorted(names), pairs)
    means = [result.measures[MAIN.name].mean for result in results]
    return [
        Standpoint(
            result.measures[MAIN.name],
            1 + sum(other > mean for other in means),
            *open_to[result.submission],
            _beats_chance(board, result.submission),
            has_seen(result),
            result.provenance.submission,
        )
        for result, mean in zip(results, means, strict=True)
    ]


def _beats_chance(board: Leaderboard, name: str) -> bool | None:
    if name == CHANCE or CHANCE not in board.standing.values:
        return None
    pair = board.pair(name, CHANCE)
    better = pair.a if pair.difference.mean > 0 else pair.b
    return pair.differs and better == name


def _table(board: Leaderboard, names: Sequence[str]) -> Values:
    """Main measure (topics, names) over the topics that all of them answer."""
    values = [board.standing.values[name] for name in names]
    topics = sorted(set.intersection(*map(set, values)))
    return np.array([[one[topic] for one in values] for topic in topics])
