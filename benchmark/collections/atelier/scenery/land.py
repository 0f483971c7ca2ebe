"""Rolling land, and what tells its season."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import BACK, RGB, Pen, darker, mix
from benchmark.collections.atelier.scenery import light


def ridge(level: float, swell: float, width: float, rng: Generator) -> list[tuple[float, float]]:
    start, pace = rng.uniform(0, 6.3), rng.uniform(2.0, 4.0)
    xs = np.linspace(0, width, 24)
    ys = level + swell * (np.sin(start + pace * xs) + 0.4 * np.sin(2.3 * pace * xs))
    return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def hills(look: Circumstances, pen: Pen, width: float, horizon: float, rng: Generator) -> None:
    """Rolling land, paler with distance."""
    near = light.ground(look)
    far = mix(near, light.sky(look)[1], 0.55)
    back = pen.on(BACK)
    back.poly(
        [*ridge(horizon + 0.05, 0.02, width, rng), (width, 0), (0, 0)],
        mix(far, (110, 130, 170), 0.3),
    )
    back.poly([*ridge(horizon + 0.012, 0.012, width, rng), (width, 0), (0, 0)], far)
    pen.poly([*ridge(horizon - 0.03, 0.008, width, rng), (width, 0), (0, 0)], mix(far, near, 0.6))
    pen.poly([*ridge(horizon - 0.17, 0.02, width, rng), (width, 0), (0, 0)], near)


def tufts(look: Circumstances, pen: Pen, width: float, top: float, rng: Generator) -> None:
    """What tells the season: blossom, grass, fallen leaves, or bare snow."""
    ground = light.ground(look)
    fleck: RGB = {
        "spring": (250, 226, 240), "summer": (236, 206, 80), "autumn": (212, 96, 30),
        "winter": (204, 216, 236),
    }[look.season]  # fmt: skip
    for i in range(80):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, top))
        near = 1.4 - y / top
        pen.line([(x, y), (x + 0.007, y + 0.018 * near)], 0.006, darker(ground, 0.18))
        if i % 2:
            pen.oval(x, y, 0.009 * near, 0.006 * near, fleck)
