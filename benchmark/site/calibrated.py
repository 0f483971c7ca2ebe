"""A board's similarities as probabilities: fitted on its topics for tuning, judged on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmark.collections.registry import Place, known
from benchmark.results.calibration import (
    Listed,
    MonotoneMap,
    Values,
    brier,
    calibration_error,
    fit,
    listed,
)
from benchmark.results.schema import Result
from benchmark.site.leaderboard import Leaderboard
from benchmark.workspace import Workspace


@dataclass(frozen=True)
class Quality:
    """Of probabilities: 0 is best of both."""

    brier: float
    error: float

    @classmethod
    def of(cls, probability: Values, judged: Listed) -> Quality:
        return cls(
            brier(probability, judged.relevant), calibration_error(probability, judged.relevant)
        )


@dataclass(frozen=True)
class Calibrated:
    """One submission: its map, and what that is worth on topics it was not fitted on."""

    submission: str
    map: MonotoneMap
    fitted: Listed
    tested: Listed

    @property
    def raw(self) -> Quality | None:
        """Similarities read as probabilities as they stand, below 0 as 0; None beyond cosines."""
        given = self.tested.similarity
        if np.abs(given).max() > 1.001:
            return None
        return Quality.of(np.clip(given, 0, 1), self.tested)

    @property
    def alone(self) -> Quality:
        """One probability for all: the share that was relevant where the map was fitted."""
        share = np.full(len(self.tested.relevant), self.fitted.relevant.mean())
        return Quality.of(share, self.tested)

    @property
    def calibrated(self) -> Quality:
        return Quality.of(self.map(self.tested.similarity), self.tested)

    @property
    def half(self) -> float | None:
        """The similarity from which a painting is more likely relevant than not."""
        return self.map.reaches(0.5)

    @property
    def promised(self) -> float:
        """The mean probability on the board's topics: where true, the share of relevant ones."""
        return float(self.map(self.tested.similarity).mean())

    @property
    def likely(self) -> tuple[float, int] | None:
        """Of what it gives a probability of a half or more, the relevant share, and how many."""
        chosen = self.map(self.tested.similarity) >= 0.5
        found = self.tested.relevant[chosen]
        return (float(found.mean()), len(found)) if len(found) else None


def tuning(workspace: Workspace, board: Leaderboard) -> Place | None:
    """The split of a board's collection that is for tuning; None where it has none."""
    beside = (place for place in known(workspace) if place.home == board.place.home)
    return next((place for place in beside if place.split != board.place.split), None)


def calibrated(board: Leaderboard, place: Place) -> list[Calibrated]:
    """Submissions of a board with a current result at `place` too, of the same model; in order.

    Raises BadInput naming the file with a mistake.
    """
    if place.name not in board.store.collections():
        return []
    dev = Leaderboard(place, board.store, board.write)
    there = {result.submission: result for result in dev.results}
    return list(_each(board, dev, there))


def _each(board: Leaderboard, dev: Leaderboard, there: dict[str, Result]) -> Iterator[Calibrated]:
    asked = {query.topic for query in board.query_set.queries}
    for result in board.results:
        name, other = result.submission, there.get(result.submission)
        if other is None or other.provenance.submission != result.provenance.submission:
            continue
        fitted = listed(dev.store.run(dev.name, name), dev.query_set, without=asked)
        tested = listed(board.runs[name], board.query_set)
        if len(fitted.relevant) and len(tested.relevant):
            yield Calibrated(name, fit(fitted), fitted, tested)
