"""What stands behind the things: sky, hills, sea, street, or wall and table."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier import light
from benchmark.collections.atelier.pen import RGB, Pen, Point, darker, lighter, mix
from benchmark.collections.atelier.scene import Scene

HORIZON = {"landscape": 0.42, "marine": 0.46, "cityscape": 0.36, "animals": 0.46}
TABLE = 0.34  # height of the table's far edge


def gradient(size: tuple[int, int], high: RGB, low: RGB) -> Image.Image:
    """An image that passes from one colour at the top to another at the foot."""
    column = Image.fromarray(np.array([[high], [low]], dtype=np.uint8))
    return column.resize(size, Image.Resampling.BILINEAR)


def has_water(scene: Scene) -> bool:
    """Whether a river or canal must lie under a bridge or a boat."""
    inland = scene.genre in ("landscape", "cityscape")
    return inland and any(thing.concept in ("bridge", "boat") for thing in scene.things)


def paint(scene: Scene, size: tuple[int, int], rng: Generator) -> Image.Image:
    """The empty stage of a scene."""
    around = light.surroundings(scene)
    if not scene.hour:
        return _indoors(scene, size, around)
    width = size[0] / size[1]
    image = gradient(size, *light.sky(scene))
    pen = Pen(ImageDraw.Draw(image), 0, size[1], size[1], light.tint(scene))
    _clouds(scene, pen, width, rng)
    horizon = HORIZON[scene.genre]
    if scene.genre == "marine":
        _sea(scene, pen, width, around["sea"], rng)
        return image
    if scene.genre == "cityscape":
        pen.box(width / 2, 0, width, horizon, around["street"])
        for i in range(5):
            y = horizon * (0.9 - 0.2 * i)
            pen.line([(0, y), (width, y)], 0.006, darker(around["street"], 0.18))
    else:
        for level, share in ((horizon + 0.07, 0.0), (horizon, 0.5), (horizon - 0.16, 1.0)):
            colour = mix(around["far"], around["ground"], share)
            pen.poly([*_ridge(level, width, rng), (width, 0), (0, 0)], colour)
        _meadow(scene, pen, width, around["ground"], rng)
    if has_water(scene):
        _river(scene, pen, width, around["sea"])
    return image


def _ridge(level: float, width: float, rng: Generator) -> list[Point]:
    start, pace = rng.uniform(0, 6.3), rng.uniform(2.0, 4.0)
    xs = np.linspace(0, width, 24)
    return [(float(x), level + 0.025 * float(np.sin(start + pace * x))) for x in xs]


def _clouds(scene: Scene, pen: Pen, width: float, rng: Generator) -> None:
    if scene.weather in ("fog", "snow", "rain"):
        return
    low = light.sky(scene)[1]
    colour = (58, 60, 72) if scene.weather == "storm" else lighter(low, 0.55)
    if scene.hour == "night":
        colour = mix(low, (70, 80, 120), 0.4)
    for _ in range(7 if scene.weather == "storm" else int(rng.integers(1, 4))):
        x, y = rng.uniform(0, width), rng.uniform(0.76, 0.97)
        for i in range(4):
            swell = rng.uniform(0.6, 1.1)
            pen.lit().oval(x + i * 0.07, y + swell * 0.012, 0.08 * swell, 0.034 * swell, colour)


def _sea(scene: Scene, pen: Pen, width: float, colour: RGB, rng: Generator) -> None:
    horizon = HORIZON["marine"]
    low = light.sky(scene)[1]
    bands = 14
    for i in range(bands):
        y = horizon * (1 - i / bands)
        pen.box(width / 2, 0, width, y, mix(mix(colour, low, 0.4), darker(colour, 0.25), i / bands))
    storm = scene.weather == "storm"
    for _ in range(46 if storm else 34):
        y = float(rng.uniform(0.02, horizon - 0.02))
        x, near = float(rng.uniform(0, width)), 1 - y / horizon
        reach = 0.03 + 0.06 * near
        rise = (0.03 + 0.05 * near) if storm else 0.008
        crest = lighter(colour, 0.75 if storm else 0.4)
        pen.line([(x - reach, y), (x, y + rise), (x + reach, y)], 0.006 + 0.006 * near, crest)


def _meadow(scene: Scene, pen: Pen, width: float, ground: RGB, rng: Generator) -> None:
    """Tufts that tell the season: blossom, grass, fallen leaves, or bare snow."""
    fleck = {
        "spring": (246, 224, 240),
        "summer": (226, 196, 76),
        "autumn": (206, 92, 30),
        "winter": (206, 216, 232),
    }[scene.season]
    for i in range(70):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, 0.24))
        pen.line([(x, y), (x + 0.008, y + 0.02)], 0.006, darker(ground, 0.2))
        if i % 2:
            pen.oval(x, y, 0.009, 0.006, fleck)


def _river(scene: Scene, pen: Pen, width: float, colour: RGB) -> None:
    shore = 0.26 if scene.genre == "landscape" else 0.2
    foot = 0.13 if scene.genre == "landscape" else 0.0
    pen.box(width / 2, foot, width, shore - foot, mix(colour, light.sky(scene)[1], 0.25))
    for i in range(9):
        x = width * (0.05 + 0.11 * i)
        y = foot + (shore - foot) * (0.25 + 0.5 * (i % 2))
        pen.line([(x, y), (x + 0.09, y)], 0.007, lighter(colour, 0.45))


def _indoors(scene: Scene, size: tuple[int, int], around: dict[str, RGB]) -> Image.Image:
    wall = around["wall"]
    image = gradient(size, darker(wall, 0.3), lighter(wall, 0.12))
    if scene.genre == "portrait":
        return image
    width = size[0] / size[1]
    pen = Pen(ImageDraw.Draw(image), 0, size[1], size[1])
    pen.box(width / 2, 0, width, TABLE, around["table"])
    pen.line([(0, TABLE), (width, TABLE)], 0.014, lighter(around["table"], 0.3))
    pen.box(width / 2, 0, width, 0.07, darker(around["table"], 0.45))
    return image
