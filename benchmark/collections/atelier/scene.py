"""The scene grammar: what a painting shows, before anything is drawn.

A scene states every depicted thing: whatever counts as a concept and can be
seen in the picture is listed, and nothing is listed that cannot be seen. Only
the layout (where things stand, how large) is left to the seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmark.collections.atelier import grammar
from benchmark.collections.atelier.grammar import Thing
from benchmark.collections.atelier.painters import PAINTERS, Painter
from benchmark.collections.atelier.vocabulary import CONCEPTS, MANNERS

__all__ = ["Scene", "Thing", "key_of", "sample_scene"]

_INDOORS = ("still life", "vanitas", "portrait")


@dataclass(frozen=True)
class Scene:
    """All the facts of one painting, and the seed of its layout."""

    seed: int
    genre: str
    things: tuple[Thing, ...]
    season: str
    hour: str
    weather: str
    mood: str
    palette: str
    manner: str
    painter: str
    school: str
    year: int
    aspect: float

    def facts(self) -> dict[str, Any]:
        """The facts as plain JSON values; an attribute that does not apply is empty."""
        objects = [
            {
                "concept": thing.concept,
                "broader": list(CONCEPTS[thing.concept].broader),
                "colour": thing.colour,
                "count": thing.count,
            }
            for thing in self.things
        ]
        return {
            "genre": self.genre,
            "objects": objects,
            "season": self.season,
            "hour": self.hour,
            "weather": self.weather,
            "mood": self.mood,
            "palette": self.palette,
            "manner": self.manner,
            "painter": self.painter,
            "school": self.school,
            "year": self.year,
        }

    def key(self) -> str:
        """The scene's combination, without its layout: equal keys, equal content."""
        return key_of(self.facts())


def key_of(facts: Mapping[str, Any]) -> str:
    """The key of a scene known by its facts alone, as those of the gallery are."""
    things = sorted(f"{o['count']} {o['colour']} {o['concept']}" for o in facts["objects"])
    rest = (facts[name] for name in ("genre", "hour", "season", "weather", "manner"))
    return "|".join(["+".join(things), *rest])


def sample_scene(seed: int) -> Scene:
    """The scene of a seed: always the same one."""
    rng = np.random.default_rng(seed)
    genre = grammar.pick(rng, grammar.GENRE_SHARES)
    hour, weather, season = "", "", ""
    if genre not in _INDOORS:
        hour = grammar.pick(rng, grammar.HOUR_SHARES)
        weather = grammar.pick(rng, grammar.WEATHER_SHARES)
        season = "winter" if weather == "snow" else grammar.pick(rng, grammar.SEASON_SHARES)
    things = grammar.populate(genre, hour, weather, rng)
    season = _seen(season, genre, weather, things)
    painter = PAINTERS[int(rng.integers(len(PAINTERS)))]
    own = rng.random() < 0.85
    manner = painter.manner if own else str(rng.choice(list(MANNERS)))
    palette = _palette(painter, manner, genre, hour, weather, things)
    return Scene(
        seed=seed,
        genre=genre,
        things=things,
        season=season,
        hour=hour,
        weather=weather,
        mood=_mood(genre, hour, weather, season, palette),
        palette=palette,
        manner=manner,
        painter=painter.name,
        school=painter.school,
        year=int(rng.integers(painter.born + 21, painter.died)),
        aspect=float(rng.choice(grammar.ASPECTS[genre])),
    )


def _seen(season: str, genre: str, weather: str, things: tuple[Thing, ...]) -> str:
    """A season is a fact only where snow, meadow or trees show it."""
    if weather == "snow":
        return "winter"
    trees = any(thing.concept == "tree" for thing in things)
    return season if trees or genre in ("landscape", "animals") else ""


def _palette(
    painter: Painter,
    manner: str,
    genre: str,
    hour: str,
    weather: str,
    things: tuple[Thing, ...],
) -> str:
    """Light overrules the painter's habit: night is dark whoever paints it."""
    candle = any(thing.concept == "candle" for thing in things)
    if hour == "night" or genre == "vanitas" or candle:
        return "dark"
    if manner == "fauve":
        return "bright"
    if weather in ("fog", "rain"):
        return "muted"
    if hour in ("dawn", "dusk") and painter.palette != "bright":
        return "warm"
    return painter.palette


def _mood(genre: str, hour: str, weather: str, season: str, palette: str) -> str:
    """The mood a viewer would name, by plain rules over what is shown."""
    if genre == "vanitas":
        return "solemn"
    if weather == "storm":
        return "dramatic"
    if hour == "night" or palette == "dark":
        return "mysterious"
    if weather in ("rain", "fog") or season == "autumn":
        return "melancholy"
    if genre == "portrait" and palette == "muted":
        return "solemn"
    return "joyful" if palette == "bright" else "calm"
