"""Where the things of a scene stand: rows that keep apart what must be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from benchmark.collections.atelier.scene import Scene, Thing

# Natural height as a share of the picture's, and width in units of that height.
_OUTDOORS: dict[str, tuple[float, float]] = {
    "house": (0.27, 1.45), "church": (0.5, 1.0), "windmill": (0.48, 0.8),
    "lighthouse": (0.52, 0.5), "tree": (0.42, 0.85), "mountain": (0.4, 1.9),
    "horse": (0.27, 1.5), "cow": (0.21, 1.75), "dog": (0.15, 1.65),
    "woman": (0.31, 0.62), "man": (0.32, 0.62), "boat": (0.32, 1.4), "bird": (0.1, 2.2),
}  # fmt: skip
_INDOORS: dict[str, tuple[float, float]] = {
    "apple": (0.2, 1.0), "pear": (0.27, 0.78), "vase": (0.4, 0.95), "candle": (0.46, 0.75),
    "skull": (0.36, 1.1), "book": (0.19, 2.1), "fish": (0.21, 3.1),
}  # fmt: skip
_FARTHER = ("house", "church", "windmill", "lighthouse", "tree")
_NEAR = ("horse", "cow", "dog", "woman", "man")


@dataclass(frozen=True)
class Place:
    """One single thing: its foot, its height, and which way it faces."""

    thing: Thing
    nth: int
    x: float
    y: float
    height: float
    mirror: bool


def outdoors(scene: Scene, width: float, horizon: float, rng: Generator) -> list[Place]:
    """The places of an outdoor scene, farthest first."""
    rows: list[tuple[tuple[str, ...], float, float]] = [
        (("mountain",), horizon + 0.02, 1.0),
        (_FARTHER, horizon - 0.04, 1.0),
        (_NEAR, 0.05, 1.0),
    ]
    if scene.genre == "marine":
        rows[1] = (_FARTHER, horizon - 0.02, 0.85)
        rows[2] = (("boat",), 0.12, 1.0)
    elif scene.genre == "cityscape":
        rows[1] = (_FARTHER, horizon - 0.01, 1.2)
        rows.append((("boat",), 0.03, 0.8))
    elif scene.genre == "animals":
        rows[1] = (_FARTHER, horizon - 0.02, 0.75)
        rows[2] = (("horse", "cow", "dog", "bird"), 0.1, 1.6)
    sizes = dict(_OUTDOORS)
    if scene.genre == "animals":
        sizes["bird"] = (0.24, 1.35)  # perched, wings folded
    places: list[Place] = []
    main = scene.things[0].concept
    for names, foot, scale in rows:
        scale *= 1.3 if main in names and main != "mountain" else 1.0
        singles = _singles([t for t in scene.things if t.concept in names], rng)
        places += _row(singles, sizes, (0.02, width - 0.02), foot, scale, rng)
    if scene.genre != "animals":
        birds = _singles([t for t in scene.things if t.concept == "bird"], rng)
        places += _row(birds, _OUTDOORS, (0.05, width - 0.05), 0.74, 1.0, rng)
    return places


def clearing(places: Sequence[Place], width: float, rng: Generator) -> float:
    """Where along the sky a sun or moon is least hidden by what stands tall."""
    spots = rng.uniform(0.12, 0.88, 9) * width
    tall = [place.x for place in places if place.y + place.height > 0.6]
    if not tall:
        return float(spots[0])
    return float(max(spots, key=lambda spot: min(abs(spot - x) for x in tall)))


def indoors(scene: Scene, width: float, rng: Generator) -> list[Place]:
    """The places on a table."""
    sizes = dict(_INDOORS)
    if any(t.concept == "flower" for t in scene.things):
        sizes["vase"] = (0.25, 0.95)  # room above it for the bouquet
    small = [t for t in scene.things if t.concept in ("apple", "pear", "fish")]
    large = [t for t in scene.things if t.concept in ("vase", "candle", "skull", "book")]
    back = _singles(large, rng)
    front = _singles(small, rng)
    if not large or not small:
        return _row(back + front, sizes, (0.06, width - 0.06), 0.17, 1.5, rng)
    places = _row(back, sizes, (0.08, width - 0.08), 0.26, 1.2, rng)
    return places + _row(front, sizes, (0.06, width - 0.06), 0.09, 0.95, rng)


def _singles(things: Sequence[Thing], rng: Generator) -> list[tuple[Thing, int]]:
    order = rng.permutation(len(things))
    return [(things[i], nth) for i in order for nth in range(things[i].count)]


def _row(
    singles: list[tuple[Thing, int]],
    sizes: dict[str, tuple[float, float]],
    span: tuple[float, float],
    foot: float,
    scale: float,
    rng: Generator,
) -> list[Place]:
    """Singles side by side: as large as they like, or as the span allows."""
    if not singles:
        return []
    left, right = span
    wanted = [sizes[t.concept][0] * sizes[t.concept][1] * scale for t, _ in singles]
    shrink = min(1.0, (right - left) / (sum(wanted) * 1.06))
    slack = (right - left) - sum(wanted) * shrink
    gaps = rng.dirichlet([2.0] * (len(singles) + 1)) * slack
    places, x = [], left
    for (thing, nth), wide, gap in zip(singles, wanted, gaps, strict=False):
        x += float(gap)
        height = sizes[thing.concept][0] * scale * shrink
        height *= float(rng.uniform(0.92, 1.0))
        # Feet off one line, so that a row of things does not look ruled.
        y = foot + float(rng.uniform(-0.02, 0.02))
        mirror = bool(rng.random() < 0.5)
        places.append(Place(thing, nth, x + wide * shrink / 2, y, height, mirror))
        x += wide * shrink
    return places
