"""From a scene to its picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier import (
    backdrop,
    light,
    manners,
    placing,
    weather,
)
from benchmark.collections.atelier import shapes_indoors as table
from benchmark.collections.atelier import shapes_living as living
from benchmark.collections.atelier import shapes_outdoors as open_air
from benchmark.collections.atelier.pen import RGB, Pen
from benchmark.collections.atelier.placing import Place
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.vocabulary import COLOURS

LONGEST = 192  # pixels of the longest side
_OVERSIZE = 2  # drawn larger, then reduced, for smooth edges

_SITED: dict[str, Callable[[Pen, RGB, bool, bool], None]] = {
    "house": open_air.house,
    "church": open_air.church,
    "windmill": open_air.windmill,
    "lighthouse": open_air.lighthouse,
    "boat": open_air.boat,
    "mountain": open_air.mountain,
}
_PLAIN: dict[str, Callable[[Pen, RGB], None]] = {
    "horse": living.horse,
    "cow": living.cow,
    "dog": living.dog,
    "apple": table.apple,
    "pear": table.pear,
    "vase": table.vase,
    "candle": table.candle,
    "skull": table.skull,
    "book": table.book,
    "fish": table.fish,
}


def render(scene: Scene) -> Image.Image:
    """The picture of a scene: RGB, longest side 192 pixels, the same every time."""
    rng = np.random.default_rng([scene.seed, 1])
    wide = scene.aspect >= 1
    final = (
        LONGEST if wide else round(LONGEST * scene.aspect),
        round(LONGEST / scene.aspect) if wide else LONGEST,
    )
    size = (final[0] * _OVERSIZE, final[1] * _OVERSIZE)
    image = backdrop.paint(scene, size, rng)
    pen = Pen(ImageDraw.Draw(image), 0, size[1], size[1], light.tint(scene))
    width = size[0] / size[1]
    if scene.genre == "portrait":
        _sitter(scene, pen, width, rng)
    elif scene.hour:
        _open_air(scene, pen, width, rng)
        image = weather.cover(scene, image, rng)
    else:
        places = placing.indoors(scene, width, rng)
        for place in places:
            _shadow(pen, place)
            _one(scene, pen, place)
        _bouquet(scene, pen, places)
    return manners.paint(image, scene, rng).resize(final, Image.Resampling.LANCZOS)


def _rgb(colour: str) -> RGB:
    return COLOURS[colour][0] if colour else (120, 128, 150)


def _shadow(pen: Pen, place: Place) -> None:
    px = pen.at(place.x, place.y, place.height)
    px.oval(0.12, 0.02, 0.55, 0.05, (52, 38, 30))


def _one(scene: Scene, pen: Pen, place: Place) -> None:
    """One single thing at its place."""
    own = pen.at(place.x, place.y, place.height, place.mirror)
    name, colour = place.thing.concept, _rgb(place.thing.colour)
    winter, night = scene.season == "winter", scene.hour == "night"
    if name in _SITED:
        _SITED[name](own, colour, winter, night)
    elif name in _PLAIN:
        _PLAIN[name](own, colour)
    elif name == "tree":
        open_air.tree(own, scene.season, scene.seed % 2)
    elif name == "bird":
        (living.bird if scene.genre == "animals" else living.bird_flying)(own, colour)
    else:
        living.figure(own, colour, name == "woman", scene.seed + place.nth)


def _open_air(scene: Scene, pen: Pen, width: float, rng: Generator) -> None:
    horizon = backdrop.HORIZON[scene.genre]
    named = {thing.concept: thing for thing in scene.things}
    places = placing.outdoors(scene, width, horizon, rng)
    _stars(scene, pen, width, horizon, rng)
    _heavens(scene, pen, placing.clearing(places, width, rng), named.keys() & {"sun", "moon"})
    shore = {"house", "church", "lighthouse"} & named.keys()
    if scene.genre == "marine" and shore:
        land = light.surroundings(scene)["ground"]
        foot = horizon - 0.07
        pen.poly([(0, foot), (0.0, horizon), (width, horizon), (width, foot + 0.02)], land)
    near = [place for place in places if place.y < horizon - 0.1 and place.thing.concept != "boat"]
    for place in places:
        if place not in near:
            _one(scene, pen, place)
    if "bridge" in named:
        unit = 0.3 if scene.genre == "landscape" else 0.26
        foot = 0.16 if scene.genre == "landscape" else 0.06
        reach = min(unit, width / 5.2)
        own = pen.at(width / 2, foot, reach)
        open_air.bridge(own, _rgb(named["bridge"].colour), scene.season == "winter", False)
    for place in near:
        _one(scene, pen, place)


def _stars(scene: Scene, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    if scene.hour == "night" and scene.weather == "clear":
        for _ in range(40):
            x, y = rng.uniform(0, width), rng.uniform(horizon + 0.1, 1)
            pen.lit().oval(float(x), float(y), 0.004, 0.004, (250, 246, 220))


def _heavens(scene: Scene, pen: Pen, x: float, named: set[str]) -> None:
    sky = pen.lit()
    if "moon" in named:
        sky.oval(x, 0.82, 0.105, 0.105, (70, 82, 128))
        sky.oval(x, 0.82, 0.075, 0.075, (246, 240, 206))
        sky.oval(x - 0.02, 0.835, 0.016, 0.014, (222, 212, 172))
        sky.oval(x + 0.022, 0.8, 0.02, 0.017, (222, 212, 172))
    if "sun" in named:
        low = scene.hour != "day"
        y = 0.72 if low else 0.84
        disc = {"dawn": (255, 226, 150), "dusk": (255, 84, 30)}.get(scene.hour, (255, 226, 70))
        halo = {"dawn": (254, 224, 196), "dusk": (252, 156, 66)}.get(scene.hour, (255, 244, 190))
        sky.oval(x, y, 0.125, 0.125, halo)
        sky.oval(x, y, 0.085, 0.085, disc)


def _bouquet(scene: Scene, pen: Pen, places: list[Place]) -> None:
    """Flowers stand in the vase, fanned out so that each can be counted."""
    colours = [t.colour for t in scene.things if t.concept == "flower" for _ in range(t.count)]
    vases = [place for place in places if place.thing.concept == "vase"]
    for i, colour in enumerate(colours):
        vase = vases[0]
        lean = (i - (len(colours) - 1) / 2) * 0.42
        height = vase.height * (0.85 if i % 2 else 1.0)
        table.flower(pen.at(vase.x, vase.y + vase.height * 0.95, height * 0.85), _rgb(colour), lean)


def _sitter(scene: Scene, pen: Pen, width: float, rng: Generator) -> None:
    """A portrait: the sitter, and what is shown beside or held."""
    sitter, *others = scene.things
    shift = float(rng.uniform(-0.04, 0.04)) * width
    pen_at = pen.at(width / 2 + shift, 0.04, 0.98, bool(rng.random() < 0.5))
    living.bust(pen_at, _rgb(sitter.colour), sitter.concept == "woman", scene.seed)
    spots = iter(((width * 0.24, False), (width * 0.76, True), (width * 0.5, False)))
    for thing in others:
        x, mirror = next(spots)
        colour = _rgb(thing.colour)
        if thing.concept == "bird":
            living.bird(pen.at(x, 0.44, 0.17, mirror), colour)
        elif thing.concept == "dog":
            living.dog(pen.at(x, -0.04, 0.3, mirror), colour)
        elif thing.concept == "book":
            table.book(pen.at(x, 0.05, 0.12, mirror), colour)
        else:
            table.flower(pen.at(x, 0.02, 0.36), colour, 0.05)
