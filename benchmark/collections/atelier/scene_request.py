"""What a scene should be, if anybody asks: facts, things, and what must be absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from benchmark.collections.atelier.scene import Thing
from benchmark.collections.atelier.vocabulary import CONCEPTS

HEAVENLY = ("sun", "moon", "star", "comet")


@dataclass(frozen=True)
class Ask:
    """A thing that is asked for; None leaves colour or count to chance."""

    concept: str
    colour: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class SceneRequest:
    """What a scene should be: facts by name, things it must show, and kinds it must not.

    A request makes a scene likely to fit; whether it does is for the caller to check.
    `first` says that the first thing asked for is the main one; `holding` and `riding` that the
    second thing is held or ridden by the first.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    things: tuple[Ask, ...] = ()
    absent: tuple[str, ...] = ()
    relation: str = ""


def pick(rng: Random, shares: Mapping[str, float]) -> str:
    """One name, drawn by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def single(name: str, ask: Ask, others: list[Thing], rng: Random, first: bool) -> Thing:
    concept = CONCEPTS[name]
    used = [thing.colour for thing in others if thing.concept == name]
    colours = [colour for colour in concept.colours if colour not in used] or [concept.colours[0]]
    colour = ask.colour if ask.colour is not None else rng.choice(colours)
    count = ask.count
    if count is None:
        count = 1
        if concept.most > 1 and rng.random() < (0.55 if first else 0.4):
            count = min(rng.choice((2, 2, 2, 3, 3, 4, 5, 6, 7)), concept.most)
    return Thing(name, colour, count)
