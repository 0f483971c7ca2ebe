"""Where the single things of a scene stand."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmark.collections.atelier.cast import HORIZON, INDOORS, WATERS
from benchmark.collections.atelier.scene import Place, Thing
from benchmark.collections.atelier.vocabulary import CONCEPTS

_SMALLEST = 0.55
"""Rows that would have to shrink below this share of their size are too full."""
_MOST_HIDDEN = 0.45
"""A thing behind others must show at least the rest of itself."""
_FAR, _WATER, _NEAR, _SKY, _MOUNT, _SPAN, _WALL = range(7)
_APART = 0.015


def arrange(
    genre: str, setting: str, things: Sequence[Thing], aspect: float, rng: Random
) -> tuple[Place, ...] | None:
    """A place for every single thing that is not carried, farthest first; None if too full.

    Portraits and sacred figures need none: they stand in the middle.
    """
    if genre in ("portrait", "sacred"):
        return ()
    if genre == "abstract":
        return _scatter(things, aspect, rng)
    horizon = HORIZON[setting]
    places: list[Place] = []
    for row, foot, scale in _rows(genre, setting, horizon):
        own = [
            (index, nth)
            for index, thing in enumerate(things)
            if thing.carrier < 0 and _row_of(thing, genre, setting) == row
            for nth in range(thing.count)
        ]
        if not own:
            continue
        if row == _WATER and len(own) > 3:
            rng.shuffle(own)
            half = len(own) // 2
            stretches = [(own[:half], foot + 0.14, scale * 0.7), (own[half:], foot, scale)]
        else:
            stretches = [(own, foot, scale)]
        alone = len({_row_of(t, genre, setting) for t in things if t.carrier < 0}) == 1
        for singles, level, size in stretches:
            if (
                setting == "table" and alone and row != _SKY
            ):  # one row may come forward and fill the table
                level, size = 0.13, size * 1.4
            if any(index == 0 for index, _ in singles):
                size *= 1.25
            lines = [_line(singles, things, aspect, level, size, row, rng) for _ in range(6)]
            found = [line for line in lines if line is not None]
            if not found:
                return None
            standing = tuple(places)
            best: list[Place] = min(found, key=lambda line: _hidden(things, standing, line))
            places += best
    drawn = sorted(places, key=lambda place: not shines(things[place.thing]))
    hidden = (_hidden(things, [place], drawn[i + 1 :]) for i, place in enumerate(drawn))
    return None if max(hidden, default=0.0) > _MOST_HIDDEN else tuple(drawn)


def shines(thing: Thing) -> bool:
    """Whether a thing is a heavenly body, behind everything else."""
    return "heavenly body" in CONCEPTS[thing.concept].broader


def _hidden(things: Sequence[Thing], behind: Sequence[Place], before: Sequence[Place]) -> float:
    """The largest share of any place's box that the boxes before it cover, taken one by one."""
    worst = 0.0
    for one in behind:
        x0, x1, y0, y1 = box(things, one)
        covered = 0.0
        for other in before:
            a0, a1, b0, b1 = box(things, other)
            covered += max(0.0, min(x1, a1) - max(x0, a0)) * max(0.0, min(y1, b1) - max(y0, b0))
        worst = max(worst, covered / ((x1 - x0) * (y1 - y0)))
    return worst


def box(things: Sequence[Thing], place: Place) -> tuple[float, float, float, float]:
    """Left, right, foot and top of a single thing."""
    half = place.height * CONCEPTS[things[place.thing].concept].ratio / 2
    return place.x - half, place.x + half, place.y, place.y + place.height


def _scatter(things: Sequence[Thing], aspect: float, rng: Random) -> tuple[Place, ...] | None:
    """Places anywhere on a canvas, apart from one another; None if there is no room."""
    places: list[Place] = []
    boxes: list[tuple[float, float, float, float]] = []
    singles = [(i, nth) for i, thing in enumerate(things) for nth in range(thing.count)]
    size = {1: 1.9, 2: 1.5, 3: 1.25}.get(len(singles), 1.0 if len(singles) < 7 else 0.8)
    for index, nth in singles:
        concept = CONCEPTS[things[index].concept]
        for _ in range(60):
            height = (0.22 if concept.name == "star" else concept.height) * size
            height *= rng.uniform(0.85, 1.0)
            wide = height * concept.ratio
            if wide > aspect - 0.06:
                continue
            x = rng.uniform(0.03 + wide / 2, aspect - 0.03 - wide / 2)
            y = rng.uniform(0.04, 0.96 - height)
            box = (x - wide / 2 - 0.02, y - 0.02, x + wide / 2 + 0.02, y + height + 0.02)
            if all(box[0] > b[2] or box[2] < b[0] or box[1] > b[3] or box[3] < b[1] for b in boxes):
                boxes.append(box)
                places.append(Place(index, nth, x, y, height, False))
                break
        else:
            return None
    return tuple(places)


def _rows(genre: str, setting: str, horizon: float) -> list[tuple[int, float, float]]:
    """The rows of a setting, farthest first: which, where its feet stand, at what scale."""
    if setting == "table":
        return [(_FAR, 0.2, 1.15), (_NEAR, 0.07, 0.95), (_SKY, 0.6, 1.0)]
    if setting == "room":
        return [(_WALL, 0.46, 0.95), (_FAR, 0.2, 1.15), (_NEAR, 0.05, 1.35)]
    near = 1.0
    water = {"open sea": 0.13, "harbour": 0.22, "beach": 0.27, "river": 0.17}.get(setting, 0.27)
    if genre == "animals":
        near = 1.7
    elif genre == "figures":
        near = 1.45
    far = 1.15 if setting in ("street", "square", "village") else 0.95
    return [
        (_MOUNT, horizon - 0.005, 1.0),
        (_FAR, horizon - (0.02 if setting in WATERS else 0.04), far),
        (_SKY, 0.68, 1.0),
        (_SPAN, 0.13, 1.0),
        (_WATER, water, near if near > 1 else 0.75 if setting in ("river", "beach") else 1.0),
        (_NEAR, 0.04, near),
    ]


def _row_of(thing: Thing, genre: str, setting: str) -> int:
    places = CONCEPTS[thing.concept].places
    if setting == "table":
        if thing.concept in ("butterfly", "bubble"):
            return _SKY
        return _FAR if CONCEPTS[thing.concept].height > 0.2 else _NEAR
    if setting in INDOORS:
        if "wall" in places and "floor" not in places and setting == "room":
            return _WALL
        return _FAR if thing.concept in ("bed", "chair", "harp") else _NEAR
    if genre == "animals" and thing.concept in ("songbird", "owl"):
        return _NEAR
    for place, row in (("far", _FAR), ("water", _WATER), ("land", _NEAR), ("mount", _MOUNT),
                       ("span", _SPAN), ("sky", _SKY)):  # fmt: skip
        if place in places:
            return row
    return _NEAR


def _line(
    singles: list[tuple[int, int]],
    things: Sequence[Thing],
    aspect: float,
    foot: float,
    scale: float,
    row: int,
    rng: Random,
) -> list[Place] | None:
    """Things side by side, as large as they like or as the width allows."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for index, nth in singles:
        groups.setdefault(index, []).append((index, nth))
    order = list(groups.values())
    rng.shuffle(order)
    singles = [single for group in order for single in group]
    if row in (_SKY, _MOUNT) or rng.random() < 0.3:
        rng.shuffle(singles)
    heights = [_height(things, i) for i, _ in singles]
    wanted = [
        height * CONCEPTS[things[i].concept].ratio * scale
        for height, (i, _) in zip(heights, singles, strict=True)
    ]
    room = aspect - 0.04
    total = sum(wanted) + _APART * len(wanted)
    if row == _SPAN:
        total = min(total, room)
    shrink = room / total
    if shrink < _SMALLEST:
        return None
    shrink = min(shrink, 1.0 if len(singles) > 3 else 1.25)
    # A bouquet rises as high again above its vase.
    reaches = [h * (2.0 if h != CONCEPTS[things[i].concept].height else 1.0)
               for h, (i, _) in zip(heights, singles, strict=True)]  # fmt: skip
    tallest = max(reaches) * scale
    shrink = min(shrink, (0.97 - foot) / tallest) if row != _MOUNT else shrink
    slack = room - sum(wanted) * shrink - _APART * len(wanted)
    cuts = sorted(rng.random() * max(0.0, slack) for _ in singles)
    places, used = [], 0.02
    for (index, nth), own, wide, cut in zip(singles, heights, wanted, cuts, strict=True):
        height = own * scale * shrink * rng.uniform(0.93, 1.0)
        x = used + cut + wide * shrink / 2
        y = foot + (rng.uniform(-0.02, 0.14) if row == _SKY else rng.uniform(-0.02, 0.02))
        y = min(y, 0.98 - height)
        used += wide * shrink + _APART
        mirror = rng.random() < 0.5
        places.append(Place(index, nth, x, y, height, mirror))
    return places


def _height(things: Sequence[Thing], index: int) -> float:
    """The usual height of a thing; a vase with flowers leaves room for them."""
    bouquet = any(thing.carrier == index for thing in things)
    return (
        0.25
        if things[index].concept == "vase" and bouquet
        else CONCEPTS[things[index].concept].height
    )
