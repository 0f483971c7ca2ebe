"""What a talk asks of a catalogue graph: constraints that are carried along, and revised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Store

from benchmark.conversing.words import meaning
from benchmark.graph_search.relations import Kind
from benchmark.graph_search.searcher import GraphSearcher
from benchmark.graph_search.thesaurus import own
from benchmark.graph_search.weights import GUESS
from benchmark.records import Painting

Rows = NDArray[np.float32]

_ONE = ("creator", "date")
"""Of these a painting has one, so a new one takes the place of an earlier."""

_REFUSED = 0.5
"""What is taken off for each thing that is refused, times the evidence that a painting shows it."""


@dataclass(frozen=True, eq=False)
class Constraint:
    """Something that terms or years of the graph stand for, and how well each painting meets it."""

    kind: Kind | str
    terms: frozenset[object]
    met: Rows
    """(n,) 0 where nothing speaks for it, 1 where all does."""


class Catalogue:
    """A catalogue graph that talks are held against; paintings (n) in the order of their `ids`."""

    def __init__(self, graph: Store, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        self._searcher = GraphSearcher(own(), GUESS)
        self._searcher.graph(graph)
        self._searcher.index([Painting(id=one, metadata={}, image=None) for one in ids])
        self._known: dict[tuple[str, ...], Rows] = {}

    def met(self, said: Sequence[str]) -> Rows:
        """(n,) How far paintings meet what holds after the turns `said`, less what is refused.

        Between -1 and 1 as a rule; zeros where the graph knows no word of it.
        """
        if (key := tuple(said)) not in self._known:
            held, refused = self.constraints(said)
            found = np.zeros(len(self.ids), np.float32)
            for one in held:
                found += one.met / np.float32(len(held))
            for one in refused:
                found -= np.float32(_REFUSED) * one.met
            self._known[key] = found
        return self._known[key]

    def constraints(self, said: Sequence[str]) -> tuple[list[Constraint], list[Constraint]]:
        """What holds after these turns, and what is refused.

        What a turn refuses no longer holds, and what it wants is no longer refused; a painter or a
        date takes the place of an earlier one; a turn that takes back and refuses nothing lets go
        of the constraints of the last turn that brought any.
        """
        turns: list[list[Constraint]] = []
        refused: list[Constraint] = []
        for text in said:
            turn = meaning(text)
            wanted = list(self._linked(turn.wanted))
            unwanted = [one for part in turn.refused for one in self._linked(part)]
            if turn.takes_back and wanted and not unwanted:
                turns = turns[:-1]
            gone = _terms(unwanted)
            kinds = {one.kind for one in wanted} & set(_ONE)
            turns = [
                [one for one in held if not one.terms & gone and one.kind not in kinds]
                for held in turns
            ]
            if wanted:
                turns.append(wanted)
            again = _terms(wanted)
            refused = [one for one in refused if not one.terms & again] + unwanted
        return [one for held in turns for one in held], refused

    def _linked(self, text: str) -> Iterator[Constraint]:
        linked = self._searcher.link(text)
        for mention in linked.mentions:
            met = self._searcher.strength(mention)
            yield Constraint(self._searcher.kind(mention), frozenset(mention.terms), met)
        for span in linked.dates:
            yield Constraint("date", frozenset((span,)), self._searcher.dated(span))


def _terms(constraints: Sequence[Constraint]) -> frozenset[object]:
    return frozenset[object]().union(*(one.terms for one in constraints))
