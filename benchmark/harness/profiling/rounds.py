"""The rounds of one model that is being measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmark.energy import Meter
from benchmark.harness.profiling.bench import Batches, Bench
from benchmark.harness.profiling.timings import percentile
from benchmark.harness.profiling.whole import Whole
from benchmark.results.cost import Energy


@dataclass(frozen=True)
class Effort:
    """How long to measure; seconds and queries are of all rounds together."""

    rounds: int = 5
    warm_ups: int = 10
    queries: int = 100
    query_s: float = 4.0
    batch_s: float = 1.5
    """For each kind of batches: texts, pictures with decoding and without."""
    energy_s: float = 3.0


class Rounds:
    """Puts the passes of a bench, round by round, and keeps what they took.

    `batches`: figure -> inputs a second of each round. Raises SubmissionFailed as the model does.
    """

    def __init__(self, bench: Bench | Whole, effort: Effort) -> None:
        self.bench, self._effort = bench, effort
        self.encode_ms: list[list[float]] = []
        self.search_ms: list[list[float]] = []
        self.batches: dict[str, list[float]] = {}

    def warm_up(self) -> None:
        """Queries, and a batch of each kind, that are not counted."""
        self.bench.singles(0, self._effort.warm_ups)
        for _ in self._batches(0):
            pass

    def round(self) -> None:
        """One round of each pass."""
        effort, share = self._effort, 1 / self._effort.rounds
        singles = self.bench.singles(effort.query_s * share, -(-effort.queries // effort.rounds))
        self.encode_ms.append(singles.encode_ms)
        self.search_ms.append(singles.search_ms)
        for figure, found in self._batches(effort.batch_s * share):
            self.batches.setdefault(figure, []).append(found.items / found.seconds)

    def query_ms(self) -> list[list[float]]:
        """Milliseconds from text to ranked list, of each query in each round."""
        return [
            [a + b for a, b in zip(encode, search, strict=True)]
            for encode, search in zip(self.encode_ms, self.search_ms, strict=True)
        ]

    def figures(self) -> dict[str, list[float]]:
        """Every figure taken in rounds: one value a round."""
        return {"query_ms_p50": [percentile(r, 50) for r in self.query_ms()], **self.batches}

    def energy(self) -> dict[str, Energy]:
        """A pass of single queries and one of batches of pictures, each under its own meter."""
        seconds, spent = self._effort.energy_s, {}
        with Meter() as meter:
            singles = self.bench.singles(seconds, 1)
        spent["queries"] = Energy.for_thousand(meter.spent, len(singles.encode_ms))
        if self.bench.encodes:
            with Meter() as meter:
                batches = self.bench.pictures(seconds, decoded=False)
            spent["pictures"] = Energy.for_thousand(meter.spent, batches.items)
        return {name: energy for name, energy in spent.items() if energy is not None}

    def _batches(self, seconds: float) -> Iterator[tuple[str, Batches]]:
        """A pass of each kind of batches, with the name of its figure."""
        yield "queries_per_s", self.bench.texts(seconds)
        if self.bench.encodes:
            yield "pictures_per_s", self.bench.pictures(seconds, decoded=False)
            yield "decoded_pictures_per_s", self.bench.pictures(seconds, decoded=True)
