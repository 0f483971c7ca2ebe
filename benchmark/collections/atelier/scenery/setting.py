"""The empty stage of every setting, outdoors and in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier.cast import HORIZON, INDOORS
from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import BACK, GROUND, RGB, Pen, darker, lighter, mix
from benchmark.collections.atelier.scenery import indoors, light, water
from benchmark.collections.atelier.scenery.land import hills, ridge, tufts
from benchmark.collections.atelier.scenery.sky import paint as paint_sky


def paint(
    look: Circumstances, size: tuple[int, int], rng: Generator
) -> tuple[Image.Image, Image.Image]:
    """The stage (RGB) and its plan (mode L: 0 sky or wall, 1 what things stand on)."""
    image = Image.new("RGB", size)
    plan = Image.new("L", size, BACK)
    width = size[0] / size[1]
    if look.setting in INDOORS:
        indoors.paint(look, image, plan, rng)
        return image, plan
    image = paint_sky(look, size, rng)
    tint = light.tint(look)
    pen = Pen(
        ImageDraw.Draw(image), 0, size[1], size[1], tint, plan=ImageDraw.Draw(plan), part=GROUND
    )
    horizon = HORIZON[look.setting]
    _STAGES[look.setting](look, pen, width, horizon, rng)
    return image, plan


def _meadow(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    hills(look, pen, width, horizon, rng)
    tufts(look, pen, width, 0.28, rng)


def _fields(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    """Strips of crops that run towards the horizon."""
    hills(look, pen, width, horizon, rng)
    ground = light.ground(look)
    crops = (
        ground,
        mix(ground, (222, 186, 84), 0.6),
        darker(ground, 0.22),
        mix(ground, (150, 110, 60), 0.4),
    )
    if look.season == "winter":
        crops = (
            ground,
            mix(ground, (150, 140, 140), 0.2),
            ground,
            mix(ground, (120, 100, 90), 0.3),
        )
    middle, top = width * float(rng.uniform(0.35, 0.65)), horizon - 0.03
    edges = np.linspace(-0.9 * width, 1.9 * width, 10)
    for i, (a, b) in enumerate(pairwise(edges)):
        far_a, far_b = middle + (a - middle) * 0.3, middle + (b - middle) * 0.3
        pen.poly(
            [(float(a), 0), (float(b), 0), (float(far_b), top), (float(far_a), top)], crops[i % 4]
        )
        for t in (0.25, 0.5, 0.75):
            near, far = a + (b - a) * t, far_a + (far_b - far_a) * t
            pen.line([(float(near), 0), (float(far), top)], 0.006, darker(crops[i % 4], 0.14))


def _desert(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    sand = light.ground(look)
    for level, share in ((horizon, 0.35), (horizon - 0.12, 0.1), (horizon - 0.26, 0.0)):
        crest = ridge(level, 0.03, width, rng)
        pen.poly([*crest, (width, 0), (0, 0)], mix(sand, light.sky(look)[1], share))
        pen.line(crest, 0.014, darker(sand, 0.22))
        pen.line([(x, y - 0.02) for x, y in crest], 0.012, lighter(sand, 0.2))


def _garden(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    """Clipped hedges, a gravel path, and beds along it."""
    hills(look, pen, width, horizon, rng)
    hedge: RGB = (58, 104, 58) if look.season != "winter" else (206, 216, 222)
    pen.box(width / 2, horizon - 0.1, width, 0.1, hedge)
    pen.line([(0, horizon), (width, horizon)], 0.014, lighter(hedge, 0.3))
    middle = width * float(rng.uniform(0.4, 0.6))
    gravel = (226, 210, 180) if look.season != "winter" else (240, 242, 248)
    pen.poly(
        [
            (middle - 0.3, 0),
            (middle + 0.3, 0),
            (middle + 0.06, horizon - 0.1),
            (middle - 0.06, horizon - 0.1),
        ],
        gravel,
    )
    petals: tuple[RGB, ...] = ((236, 150, 170), (250, 244, 240), (200, 120, 180))
    if look.season == "winter":
        petals = ((214, 222, 236),)
    elif look.season == "autumn":
        petals = ((206, 110, 40), (170, 90, 50))
    for side in (-1, 1):
        for i in range(26):
            y = float(rng.uniform(0.02, horizon - 0.12))
            reach = 0.36 - 0.58 * y
            x = middle + side * (reach + float(rng.uniform(0.02, 0.1)))
            pen.oval(x, y, 0.02, 0.014, darker(hedge, 0.1))
            pen.oval(x, y + 0.014, 0.013, 0.011, petals[i % len(petals)])


def _village(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    hills(look, pen, width, horizon, rng)
    tufts(look, pen, width, 0.26, rng)
    lane = (200, 178, 142) if look.season != "winter" else (220, 220, 226)
    x, bend = width * float(rng.uniform(0.3, 0.7)), float(rng.uniform(-0.3, 0.3))
    pen.blob([(x - 0.26, -0.02), (x - 0.1 + bend * 0.5, 0.16), (x - 0.03 + bend, horizon - 0.06),
              (x + 0.05 + bend, horizon - 0.06), (x + 0.12 + bend * 0.5, 0.16), (x + 0.28, -0.02)], lane)  # fmt: skip


def _paved(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    """Paving stones in perspective; a street has kerbs as well."""
    stone = light.ground(look)
    pen.box(width / 2, 0, width, horizon, stone)
    joint = darker(stone, 0.16)
    for i in range(7):
        y = horizon * (1 - (1 - i / 7) ** 1.7)
        pen.line([(0, horizon - y), (width, horizon - y)], 0.005, joint)
    for x in np.linspace(-2.0 * width, 3.0 * width, 21):
        pen.line([(float(x), 0), (width / 2 + (float(x) - width / 2) * 0.3, horizon)], 0.005, joint)
    if look.setting == "street":
        for y, tone in ((horizon * 0.62, 0.3), (horizon * 0.2, 0.34)):
            pen.box(width / 2, y, width, 0.02, darker(stone, tone))
        pen.box(width / 2, horizon * 0.2 + 0.02, width, horizon * 0.42 - 0.02, darker(stone, 0.2))


_STAGES: dict[str, Callable[[Circumstances, Pen, float, float, Generator], None]] = {
    "open sea": water.open_sea,
    "harbour": water.harbour,
    "beach": water.beach,
    "river": water.river,
    "lake": water.lake,
    "fields": _fields,
    "meadow": _meadow,
    "desert": _desert,
    "garden": _garden,
    "village": _village,
    "street": _paved,
    "square": _paved,
}
