"""Who paints a scene and how: painter, style, palette, and the mood that follows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random

from benchmark.collections.atelier import cast
from benchmark.collections.atelier.painters import PAINTERS, Painter
from benchmark.collections.atelier.scene import Thing


def hand(genre: str, wanted: Mapping[str, str], rng: Random) -> tuple[Painter, str]:
    """A painter and the style of this work: mostly his own, sometimes his second or another."""
    allowed = cast.HANDS_OF[genre]
    choices = [
        (painter, style, share * (3.0 if genre in painter.favourites else 1.0))
        for painter in PAINTERS
        for style, share in ((painter.style, 1.0), (painter.second, 0.2))
        if style in allowed
        and wanted.get("painter", painter.name) == painter.name
        and wanted.get("school", painter.school) == painter.school
        and wanted.get("style", style) == style
        and wanted.get("palette", "dark") in ("dark", painter.palette)
        and wanted.get("century", "") in ("", *_centuries(painter))
    ]
    if not choices:
        painter = next(p for p in PAINTERS if wanted.get("painter", p.name) == p.name)
        return painter, rng.choice(allowed)
    # Each style weighs the same, however many painters have it.
    crowd: dict[str, float] = {}
    for _, style, share in choices:
        crowd[style] = crowd.get(style, 0.0) + share
    shares = [share / crowd[style] for _, style, share in choices]
    painter, style, _ = rng.choices(choices, shares)[0]
    return painter, style


@cache
def _centuries(painter: Painter) -> frozenset[str]:
    return frozenset({f"{year // 100 + 1}th" for year in (painter.born + 20, painter.died)})


def palette_of(
    painter: Painter,
    style: str,
    genre: str,
    hour: str,
    weather: str,
    things: tuple[Thing, ...],
) -> str:
    """Light overrules the painter's habit: night is dark whoever paints it."""
    candle = any(thing.concept == "candle" for thing in things)
    if hour == "night" or genre == "vanitas" or candle or style == "tenebrist":
        return "dark"
    if style == "fauve":
        return "bright"
    if style == "icon":
        return "warm"
    if weather in ("fog", "rain"):
        return "muted"
    if hour in ("dawn", "dusk") and painter.palette != "bright":
        return "warm"
    return painter.palette


def mood_of(
    genre: str,
    hour: str,
    weather: str,
    season: str,
    palette: str,
    style: str,
    things: tuple[Thing, ...],
) -> str:
    """The mood a viewer would name, by plain rules over what is shown."""
    if genre == "vanitas" or (genre == "sacred" and palette != "bright"):
        return "solemn"
    fierce = any(thing.concept in ("dragon", "volcano", "snake") for thing in things)
    if weather == "storm" or fierce:
        return "dramatic"
    if hour == "night" or palette == "dark":
        return "mysterious"
    if weather in ("rain", "fog") or season == "autumn":
        return "melancholy"
    if style == "expressionist":
        return "dramatic"
    if genre == "portrait" and palette == "muted":
        return "solemn"
    return "joyful" if palette == "bright" else "calm"
