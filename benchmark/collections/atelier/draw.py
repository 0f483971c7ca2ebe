"""From a scene to its picture."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier import finish, sitters
from benchmark.collections.atelier.cast import HORIZON, INDOORS, WATERS
from benchmark.collections.atelier.depict import hold, rgb, shape
from benchmark.collections.atelier.forms.people import HAND
from benchmark.collections.atelier.forms.quadrupeds import SADDLE
from benchmark.collections.atelier.forms.riders import rider
from benchmark.collections.atelier.pen import GROUND, Pen, darker
from benchmark.collections.atelier.scene import Place, Scene, Thing
from benchmark.collections.atelier.scenery import light, setting, weather
from benchmark.collections.atelier.vocabulary import CONCEPTS

LONGEST = 224  # pixels of the longest side
_OVERSIZE = 2  # drawn larger, then reduced, for smooth edges
_THINGS = GROUND + 1


def flat(scene: Scene, rng: Generator) -> tuple[Image.Image, Image.Image]:
    """The drawing before any hand has touched it, at twice its size, and its plan."""
    size = tuple(_OVERSIZE * side for side in size_of(scene))
    look = scene.circumstances()
    image, plan = setting.paint(look, (size[0], size[1]), rng)
    pen = Pen(
        ImageDraw.Draw(image), 0, size[1], size[1], light.tint(look), plan=ImageDraw.Draw(plan)
    )
    width = size[0] / size[1]
    if scene.genre == "portrait":
        sitters.sitter(scene, pen, width)
    elif scene.genre == "sacred":
        sitters.sacred(scene, pen, width)
    else:
        _tableau(scene, pen, width)
    if scene.setting not in INDOORS:
        image = weather.cover(look, image, rng)
    return image, plan


def render(scene: Scene) -> Image.Image:
    """The picture of a scene: RGB, longest side 224 pixels, the same every time."""
    rng = np.random.default_rng([scene.seed, 1])
    image, plan = flat(scene, rng)
    painted = finish.paint(image, plan, scene.palette, scene.style, scene.painter.touch, rng)
    if scene.painter.frame and scene.style == scene.painter.style:
        wide = round(0.03 * max(painted.size))
        margin = (248, 244, 234) if scene.painter.frame == "white" else (24, 22, 24)
        ImageDraw.Draw(painted).rectangle(
            (0, 0, painted.width - 1, painted.height - 1), outline=margin, width=wide
        )
    return painted.resize(size_of(scene), Image.Resampling.LANCZOS)


def size_of(scene: Scene) -> tuple[int, int]:
    """Width and height of the finished picture."""
    if scene.aspect >= 1:
        return LONGEST, round(LONGEST / scene.aspect)
    return round(LONGEST * scene.aspect), LONGEST


def _tableau(scene: Scene, pen: Pen, width: float) -> None:
    if scene.setting in WATERS and any(_far(scene, place) for place in scene.places):
        _shore(scene, pen, width)
    for part, place in enumerate(scene.places, _THINGS):
        thing = scene.things[place.thing]
        if thing.carrier < 0 and CONCEPTS[thing.concept].places[0] in ("land", "floor", "table"):
            _shadow(scene, pen, place)
        _one(scene, pen.on(part), place, thing)


def _far(scene: Scene, place: Place) -> bool:
    return "far" in CONCEPTS[scene.things[place.thing].concept].places


def _shore(scene: Scene, pen: Pen, width: float) -> None:
    """A strip of land at the horizon for what cannot stand on water."""
    horizon = HORIZON[scene.setting]
    ground = light.ground(scene.circumstances())
    foot = horizon - 0.05
    outline = [(0.0, foot), (0.0, horizon), (width * 0.5, horizon + 0.015), (width, horizon)]
    pen.on(GROUND).poly([*outline, (width, foot + 0.015), (width * 0.4, foot - 0.01)], ground)


def _shadow(scene: Scene, pen: Pen, place: Place) -> None:
    look = scene.circumstances()
    colour = light.table(look) if scene.setting == "table" else light.ground(look)
    if scene.setting == "room":
        colour = (120, 86, 60)
    half = place.height * CONCEPTS[scene.things[place.thing].concept].ratio / 2
    under = pen.on(GROUND)
    under.oval(place.x + 0.2 * half, place.y + 0.005, half, 0.018, darker(colour, 0.4))


def _one(scene: Scene, pen: Pen, place: Place, thing: Thing) -> None:
    """A single thing with all that it carries."""
    own = pen.at(place.x, place.y, place.height, place.mirror)
    carried = [t for t in scene.things if t.carrier == place.thing]
    riding = [t for t in carried if "person" in CONCEPTS[t.concept].broader]
    flowers = [t for t in carried if "flower" in CONCEPTS[t.concept].broader]
    shape(scene, own, thing, place.nth)
    if riding:
        x, y = SADDLE[thing.concept]
        look = scene.circumstances()
        rider(own.at(x, y, 1.15), rgb(riding[0]), look, riding[0].concept)
    elif thing.concept == "vase":
        _bouquet(scene, own, flowers)
    else:
        for held in carried:
            hold(scene, own, held, HAND, 1.0)


def _bouquet(scene: Scene, vase: Pen, flowers: list[Thing]) -> None:
    """Flowers fanned out in two tiers, so that each can be counted."""
    singles = [thing for thing in flowers for _ in range(thing.count)]
    for i, thing in enumerate(singles):
        lean = (i - (len(singles) - 1) / 2) / max(1.0, (len(singles) - 1) / 2)
        height = 1.15 - 0.28 * (i % 2) - 0.1 * abs(lean)
        stem = vase.at(0.42 * lean * (1 + 0.2 * (i % 2)), 0.82, height)
        shape(scene, stem, thing, i)
