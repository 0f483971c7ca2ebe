"""What a system is given at each turn, and what a system is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.search.ties import id_ranks, top_k

if TYPE_CHECKING:
    from benchmark.conversing.constraints import Catalogue

DEPTH = 30
"""Paintings of an answer: as many as somebody who talks may leaf through."""

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Turn:
    """One turn as a system sees it: what was said, what was pointed at, and what came of it."""

    questions: Mapping[str, str]
    """Wording (see `wordings`) -> id of the text that was asked."""
    takes_back: bool = False
    """Whether its words say that something said before no longer holds."""
    pointed: str | None = None
    """A painting of the last answer that the visitor points at while she speaks."""
    liked: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    """Her reactions to the answer; none yet at the turn that is to be answered."""
    said: str = ""
    """Its words."""

    def reacted(self, liked: tuple[str, ...], rejected: tuple[str, ...]) -> Turn:
        """The same with her reactions."""
        return replace(self, liked=liked, rejected=rejected)


class Vectors:
    """An encoder's embeddings: texts (q, d) by id of question, paintings (n, d) by id."""

    def __init__(
        self, names: Sequence[str], texts: Rows, paintings: Sequence[str], images: Rows
    ) -> None:
        self._images, self._texts, self.paintings = images, texts, paintings
        self._text = {name: row for row, name in enumerate(names)}
        self._painting = {name: row for row, name in enumerate(paintings)}
        self._ranks = id_ranks(paintings)
        self._centre = images.mean(axis=0, dtype=np.float64).astype(np.float32)

    def text(self, question: str) -> Rows:
        """(d,) The embedding of a text that was asked."""
        return self._texts[self._text[question]]

    def picture(self, painting: str) -> Rows:
        """(d,) The embedding of a painting, less the gallery's mean: what makes it unlike others.

        Zeros where it is not known.
        """
        row = self._painting.get(painting)
        return np.zeros_like(self._centre) if row is None else self._images[row] - self._centre

    def scores(self, vector: Rows) -> Rows:
        """(n,) Inner products with all paintings, brought to mean 0 and deviation 1.

        Zeros where all are alike.
        """
        found = self._images @ vector.astype(np.float32)
        spread = float(found.std())
        return (found - found.mean()) / spread if spread > 1e-9 else np.zeros_like(found)

    def best(self, scores: Rows) -> tuple[str, ...]:
        """The first DEPTH paintings by score, ties as everywhere (greater ids first)."""
        return tuple(self.paintings[row] for row in top_k(scores, self._ranks, DEPTH))


@dataclass(frozen=True, eq=False)
class Known:
    """What a system can draw on: the lists found for each question; embeddings and a catalogue
    graph, if any."""

    lists: Mapping[str, Sequence[str]]
    vectors: Vectors | None = None
    catalogue: Catalogue | None = None


Answer = Callable[[Sequence[Turn], Known], Sequence[str]]
"""The turns so far, the last of which is to be answered -> paintings, best first."""


@dataclass(frozen=True)
class System:
    """One way to take part in a talk. `answer` is a pure function."""

    name: str
    meaning: str
    answer: Answer
    needs_embeddings: bool = False
    needs_graph: bool = False
    """Whether it looks at the catalogue graph, whatever its searcher looks at."""

    def fits(self, known: Known) -> bool:
        """Whether all that it needs is known."""
        lacks_graph = self.needs_graph and known.catalogue is None
        return not lacks_graph and not (self.needs_embeddings and known.vectors is None)


def listed(turns: Sequence[Turn], known: Known, wording: str, other: str) -> Sequence[str]:
    """The list found for a wording of the last turn, or for another where it has none."""
    questions = turns[-1].questions
    return known.lists.get(questions.get(wording, questions.get(other, "")), ())
