"""Seas, harbours, beaches, lakes and rivers."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import Pen, darker, lighter, mix
from benchmark.collections.atelier.scenery import light
from benchmark.collections.atelier.scenery.land import hills, ridge, tufts


def _water(
    look: Circumstances, pen: Pen, width: float, foot: float, top: float, rng: Generator
) -> None:
    """Water from `foot` up to `top`, mirroring the sky, with its waves."""
    colour, low = light.sea(look), light.sky(look)[1]
    bands = 14
    for i in range(bands):
        y = top - (top - foot) * i / bands
        pen.box(
            width / 2,
            foot,
            width,
            y - foot,
            mix(mix(colour, low, 0.5), darker(colour, 0.2), i / bands),
        )
    storm = look.weather == "storm"
    crest = lighter(colour, 0.75 if storm else 0.42)
    for _ in range(int((120 if storm else 90) * (top - foot))):
        y = float(rng.uniform(foot + 0.015, top - 0.015))
        x, near = float(rng.uniform(0, width)), 1 - (y - foot) / (top - foot)
        reach = 0.02 + 0.06 * near
        rise = (0.02 + 0.05 * near) if storm else 0.008
        pen.curve([(x - reach, y), (x, y + rise), (x + reach, y)], 0.005 + 0.006 * near, crest)


def open_sea(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    _water(look, pen, width, 0.0, horizon, rng)


def beach(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    _water(look, pen, width, 0.14, horizon, rng)
    sand = light.ground(look)
    surf = ridge(0.18, 0.012, width, rng)
    pen.poly([*[(x, y + 0.018) for x, y in surf], (width, 0), (0, 0)], (246, 248, 248))
    pen.poly([*surf, (width, 0), (0, 0)], darker(sand, 0.12))
    pen.poly([*[(x, y - 0.03) for x, y in surf], (width, 0), (0, 0)], sand)
    for _ in range(40):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, 0.14))
        pen.oval(x, y, 0.006, 0.004, darker(sand, 0.22))


def harbour(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    """A low breakwater, still water, and a quay of stone in front."""
    _water(look, pen, width, 0.12, horizon, rng)
    stone = light.ground(look)
    side = bool(look.variant % 2)
    reach = width * 0.45
    a, b = (0.0, reach) if side else (width - reach, width)
    pen.poly(
        [(a, horizon - 0.015), (b, horizon - 0.015), (b, horizon + 0.02), (a, horizon + 0.02)],
        darker(stone, 0.25),
    )
    pen.box(width / 2, 0, width, 0.15, darker(stone, 0.3))
    pen.box(width / 2, 0, width, 0.125, stone)
    for x in np.linspace(0.08, width, 9):
        pen.line([(float(x), 0), (float(x) * 0.9 + 0.05 * width, 0.125)], 0.005, darker(stone, 0.2))
    pen.line([(0, 0.06), (width, 0.06)], 0.005, darker(stone, 0.2))
    for x in (0.16, 0.5, 0.84):
        pen.box(x * width, 0.11, 0.035, 0.06, (60, 56, 60))
        pen.oval(x * width, 0.17, 0.028, 0.014, (84, 80, 84))


def lake(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    hills(look, pen, width, horizon, rng)
    ground = light.ground(look)
    _water(look, pen, width, 0.15, horizon - 0.05, rng)
    shore = ridge(0.17, 0.012, width, rng)
    pen.poly([*shore, (width, 0), (0, 0)], ground)
    tufts(look, pen, width, 0.13, rng)


def river(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    hills(look, pen, width, horizon, rng)
    ground = light.ground(look)
    _water(look, pen, width, 0.11, 0.29, rng)
    pen.poly(
        [*ridge(0.292, 0.006, width, rng), *reversed(ridge(0.275, 0.004, width, rng))],
        darker(ground, 0.3),
    )
    pen.poly([*ridge(0.125, 0.01, width, rng), (width, 0), (0, 0)], ground)
    tufts(look, pen, width, 0.1, rng)
