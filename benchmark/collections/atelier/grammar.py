"""The rules by which a genre is filled with things, and how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.vocabulary import CONCEPTS


@dataclass(frozen=True)
class Thing:
    """Some number of one concept, all of one colour (clothing, for a person)."""

    concept: str
    colour: str
    count: int


GENRE_SHARES = {
    "landscape": 0.30,
    "marine": 0.19,
    "cityscape": 0.13,
    "still life": 0.15,
    "vanitas": 0.04,
    "portrait": 0.10,
    "animals": 0.09,
}
HOUR_SHARES = {"day": 0.5, "dawn": 0.12, "dusk": 0.19, "night": 0.19}
WEATHER_SHARES = {"clear": 0.66, "storm": 0.10, "snow": 0.09, "rain": 0.08, "fog": 0.07}
SEASON_SHARES = {"spring": 0.22, "summer": 0.30, "autumn": 0.26, "winter": 0.22}

# Width over height.
ASPECTS = {
    "landscape": (1.25, 1.4, 1.55),
    "marine": (1.25, 1.4, 1.6),
    "cityscape": (1.0, 1.2, 1.35),
    "still life": (1.0, 1.2, 1.3),
    "vanitas": (1.0, 1.2),
    "portrait": (0.72, 0.8, 0.88),
    "animals": (1.15, 1.3, 1.45),
}

# For each genre: what may come first, then what may join it and how likely.
FIRST = {
    "landscape": "house tree windmill mountain church bridge woman horse",
    "marine": "boat boat boat lighthouse",
    "cityscape": "house house church bridge",
    "still life": "apple pear vase fish book candle flower",
    "vanitas": "skull",
    "portrait": "woman man",
    "animals": "horse cow dog bird",
}
JOINING = {
    "landscape": {"tree": 0.4, "house": 0.25, "mountain": 0.2, "woman": 0.1, "man": 0.12,
                  "horse": 0.1, "cow": 0.1, "dog": 0.08, "bird": 0.1, "church": 0.06},
    "marine": {"boat": 0.3, "house": 0.4, "bird": 0.25, "lighthouse": 0.12, "mountain": 0.12},
    "cityscape": {"house": 0.5, "woman": 0.22, "man": 0.25, "dog": 0.15, "horse": 0.12,
                  "tree": 0.2, "church": 0.2, "boat": 0.1},
    "still life": {"apple": 0.35, "pear": 0.3, "vase": 0.25, "book": 0.15, "candle": 0.15,
                   "flower": 0.1},
    "vanitas": {"candle": 0.6, "book": 0.6, "apple": 0.2, "flower": 0.2},
    "portrait": {"dog": 0.12, "bird": 0.15, "book": 0.15, "flower": 0.12},
    "animals": {"tree": 0.35, "house": 0.25, "mountain": 0.15},
}  # fmt: skip
_MOST_THINGS = 4


def pick(rng: Generator, shares: Mapping[str, float]) -> str:
    """One name, drawn by its share."""
    weights = np.array(list(shares.values()))
    return str(rng.choice(list(shares), p=weights / weights.sum()))


def populate(genre: str, hour: str, weather: str, rng: Generator) -> tuple[Thing, ...]:
    """The things of a scene; the first one is its main subject."""
    first = str(rng.choice(FIRST[genre].split()))
    names = [first]
    joining = JOINING[genre]
    for name in rng.permutation(list(joining)):
        room = len(names) < _MOST_THINGS and name not in names[1:]
        # The same concept may come twice, in two colours, if colour tells them apart.
        twice = name != first or (len(CONCEPTS[name].colours) > 1 and CONCEPTS[name].most > 1)
        if room and twice and rng.random() < joining[name]:
            names.append(str(name))
    if "flower" in names and "vase" not in names and genre != "portrait":
        names.append("vase")
    things: list[Thing] = []
    for name in names:
        taken = [thing for thing in things if thing.concept == name]
        if genre == "portrait":  # what a sitter holds must stand out from the clothes
            taken = things
        things.append(_thing(name, taken, genre, first=not things, rng=rng))
    things += _lights(genre, hour, weather, rng)
    return tuple(things)


def _thing(name: str, taken: list[Thing], genre: str, first: bool, rng: Generator) -> Thing:
    concept = CONCEPTS[name]
    used = [thing.colour for thing in taken]
    free = [colour for colour in concept.colours if not colour or colour not in used]
    colour = str(rng.choice(free))
    most = concept.most
    if taken:
        most = 1
    elif not first:
        most = min(most, 3)
    if genre == "portrait":
        most = 1
    alone = rng.random() < (0.35 if first else 0.55)
    count = 1 if alone or most < 2 else int(rng.integers(2, most + 1))
    return Thing(name, colour, max(count, 1))


def _lights(genre: str, hour: str, weather: str, rng: Generator) -> list[Thing]:
    """Sun or moon, where the sky is seen and open."""
    if not hour or weather != "clear":
        return []
    if hour == "night":
        return [Thing("moon", "", 1)] if rng.random() < 0.7 else []
    share = {"day": 0.3, "dawn": 0.5, "dusk": 0.6}[hour]
    return [Thing("sun", "", 1)] if rng.random() < share else []
