"""A talk played: a system answers, the simulated visitor reacts, turn by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.conversing.talk import DEPTH, Known, System, Turn
from benchmark.conversing.visitor import points_at, reactions


@dataclass(frozen=True)
class Asked:
    """One turn of a talk that is to be played."""

    id: str
    said: str
    questions: Mapping[str, str]
    takes_back: bool
    points: bool
    grades: Mapping[str, int]
    """Painting -> grade for what is wanted now."""


@dataclass(frozen=True)
class Played:
    """What was shown at one turn, and what the visitor did."""

    id: str
    turn: Turn
    shown: tuple[str, ...]
    gone: frozenset[str]
    """Paintings that she had reacted to before: neither shown nor scored again."""


def play(system: System, talk: Sequence[Asked], known: Known) -> list[Played]:
    """Play one talk with one system.

    What the visitor liked, rejected or pointed at is taken out of all later answers, so that no
    feedback is scored by the paintings that it was given on (the residual collection); what she
    saw and said nothing about may be shown again.
    """
    turns: list[Turn] = []
    played: list[Played] = []
    gone: frozenset[str] = frozenset()
    for number, asked in enumerate(talk):
        pointed = None
        if asked.points and played:
            pointed = points_at(played[-1].shown, talk[number - 1].grades)
        if pointed is not None:
            gone |= {pointed}
        turn = Turn(asked.questions, asked.takes_back, pointed, said=asked.said)
        found = system.answer([*turns, turn], known)
        shown = tuple(painting for painting in found if painting not in gone)[:DEPTH]
        turn = turn.reacted(*reactions(shown, asked.grades))
        turns.append(turn)
        played.append(Played(asked.id, turn, shown, gone))
        gone |= {*turn.liked, *turn.rejected}
    return played
