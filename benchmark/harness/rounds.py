"""The rounds of one worker that is being measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from benchmark.errors import SubmissionFailed
from benchmark.harness.answers import Batches, Ready, Singles
from benchmark.harness.process import Process
from benchmark.results.cost import Energy
from benchmark.scorers.cost import percentile
from benchmark.scorers.energy import Meter

Answer = TypeVar("Answer", bound=BaseModel)


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
    """Asks a worker for its passes, round by round, and keeps what it answers.

    `batches`: figure -> inputs a second of each round. Raises SubmissionFailed for an answer that
    cannot be one, as for a worker that ends.
    """

    def __init__(self, worker: Process, effort: Effort) -> None:
        self.worker, self._effort = worker, effort
        self.ready = checked(Ready, worker.answer())
        self.encode_ms: list[list[float]] = []
        self.search_ms: list[list[float]] = []
        self.batches: dict[str, list[float]] = {}
        self.clock_agrees = True
        """Whether the times of single queries are those that passed outside the worker, too."""

    def warm_up(self) -> None:
        """Put queries, and a batch of each kind, that are not counted."""
        self.ask(Singles, do="singles", seconds=0, least=self._effort.warm_ups)
        for _, request in self._kinds():
            self.ask(Batches, seconds=0, **request)

    def round(self) -> None:
        """One round of each pass."""
        effort, share = self._effort, 1 / self._effort.rounds
        least, began = -(-effort.queries // effort.rounds), time.perf_counter()
        singles = self.ask(Singles, do="singles", seconds=effort.query_s * share, least=least)
        passed = time.perf_counter() - began
        if sum(singles.encode_ms) + sum(singles.search_ms) < 500 * passed:
            self.clock_agrees = False
        self.encode_ms.append(singles.encode_ms)
        self.search_ms.append(singles.search_ms)
        for figure, request in self._kinds():
            found = self.ask(Batches, seconds=effort.batch_s * share, **request)
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
            singles = self.ask(Singles, do="singles", seconds=seconds, least=1)
        spent["queries"] = Energy.for_thousand(meter.spent, len(singles.encode_ms))
        if self.ready.kind == "encoder":
            with Meter() as meter:
                batches = self.ask(Batches, do="pictures", decoded=False, seconds=seconds)
            spent["pictures"] = Energy.for_thousand(meter.spent, batches.items)
        return {name: energy for name, energy in spent.items() if energy is not None}

    def ask(self, kind: type[Answer], **request: object) -> Answer:
        """The worker's answer, checked to be of its kind."""
        return checked(kind, self.worker.ask(**request))

    def _kinds(self) -> Iterator[tuple[str, dict[str, object]]]:
        """The figure of each kind of batches, and what to ask for it."""
        yield "queries_per_s", {"do": "texts"}
        if self.ready.kind == "encoder":
            yield "pictures_per_s", {"do": "pictures", "decoded": False}
            yield "decoded_pictures_per_s", {"do": "pictures", "decoded": True}


def checked(kind: type[Answer], answer: dict[str, object]) -> Answer:
    """A worker's answer as what it should be. Raises SubmissionFailed where it is not."""
    try:
        return kind.model_validate(answer)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise SubmissionFailed(f"answered {field}: {first['msg']} while measured") from None
