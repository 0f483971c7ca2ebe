"""A scene: what one painting shows, before anything is drawn.

A scene states every depicted thing: whatever counts as a concept and can be seen in the
picture is listed, and nothing is listed that cannot be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmark.collections.atelier.cast import INDOORS, LAND
from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.painters import Painter
from benchmark.collections.atelier.vocabulary import CONCEPTS

MANY = 0
"""The count of things too many to count, such as the stars of a clear night."""


@dataclass(frozen=True)
class Thing:
    """Some number of one concept, all of one colour (clothing, for a person).

    `carrier` is the index of the thing it is carried by, or -1: the person who holds it, the
    horse that a person rides, the vase that flowers stand in.
    """

    concept: str
    colour: str
    count: int
    carrier: int = -1


@dataclass(frozen=True)
class Place:
    """One single thing: its foot's middle and height in picture heights, and which way it faces."""

    thing: int
    nth: int
    x: float
    y: float
    height: float
    mirror: bool


Relation = tuple[int, str, int]


@dataclass(frozen=True)
class Scene:
    """All the facts of one painting, and where its things stand.

    `main` is the index of the main subject. An attribute that cannot be seen is empty: indoors
    there is no hour, and a gold ground hides season and weather.
    """

    seed: int
    genre: str
    setting: str
    things: tuple[Thing, ...]
    main: int
    places: tuple[Place, ...]
    relations: tuple[Relation, ...]
    figure: str
    season: str
    hour: str
    weather: str
    mood: str
    palette: str
    style: str
    painter: Painter
    year: int
    aspect: float

    def circumstances(self) -> Circumstances:
        """The circumstances that shapes, stages and hands go by."""
        return Circumstances(
            self.setting,
            self.season or ("summer" if self.setting in LAND else ""),
            self.hour or ("" if self.setting in INDOORS else "day"),
            self.weather,
            self.palette,
            self.style,
            self.seed % 9973,
        )

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
            "setting": self.setting,
            "main": self.things[self.main].concept,
            "objects": objects,
            "relations": [list(relation) for relation in self.relations],
            "figure": self.figure,
            "season": self.season,
            "hour": self.hour,
            "weather": self.weather,
            "mood": self.mood,
            "palette": self.palette,
            "style": self.style,
            "painter": self.painter.name,
            "school": self.painter.school,
            "year": self.year,
            "century": f"{self.year // 100 + 1}th",
        }

    def key(self) -> str:
        """The scene's combination, without layout and year: equal keys, equal content."""
        return key_of(self.facts())


def key_of(facts: Mapping[str, Any]) -> str:
    """The key of a scene known by its facts alone, as those of the gallery are."""
    things = [f"{o['count']} {o['colour']} {o['concept']}" for o in facts["objects"]]
    related = sorted(f"{things[i]} {name} {things[j]}" for i, name, j in facts["relations"])
    names = ("genre", "setting", "figure", "hour", "season", "weather", "style", "painter")
    return "|".join([*sorted(things), *related, *(facts[name] for name in names)])
