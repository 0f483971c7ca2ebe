"""Skies: a gradient, and clouds or stars as hour and weather have them."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter, mix
from benchmark.collections.atelier.scenery import light


def paint(look: Circumstances, size: tuple[int, int], rng: Generator) -> Image.Image:
    """The sky over the whole picture."""
    high, low = light.sky(look)
    column = Image.fromarray(
        np.array([[high], [mix(high, low, 0.6)], [low], [low]], dtype=np.uint8)
    )
    image = column.resize(size, Image.Resampling.BILINEAR)
    pen = Pen(ImageDraw.Draw(image), 0, size[1], size[1])
    width = size[0] / size[1]
    if look.night and look.weather == "clear":
        for _ in range(42):
            x, y, r = rng.uniform(0, width), rng.uniform(0.5, 1), rng.uniform(0.003, 0.007)
            pen.oval(float(x), float(y), float(r), float(r), (252, 248, 224))
    elif look.weather in ("clear", "storm"):
        _clouds(look, pen, width, low, rng)
    return image


def _clouds(look: Circumstances, pen: Pen, width: float, low: RGB, rng: Generator) -> None:
    """Heaped clouds, lit from the left; a storm's are dark and many."""
    storm = look.weather == "storm"
    body = (62, 64, 76) if storm else lighter(low, 0.6)
    if storm and look.night:
        body = (34, 38, 56)
    for _ in range(6 if storm else int(rng.integers(1, 4))):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0.66, 0.95))
        size = float(rng.uniform(0.7, 1.2)) * (1.35 if storm else 1.0)
        heaps = [(float(dx), float(rng.uniform(0.035, 0.07))) for dx in (-0.14, -0.06, 0.03, 0.12)]
        for dx, r in heaps:
            pen.oval(x + dx * size, y + r * 0.3 * size, 0.09 * size, r * size, darker(body, 0.12))
        for dx, r in heaps:
            pen.oval(
                x + (dx - 0.015) * size,
                y + (r * 0.3 + 0.012) * size,
                0.075 * size,
                r * 0.85 * size,
                body,
            )
        pen.oval(x, y - 0.012 * size, 0.22 * size, 0.018 * size, darker(body, 0.18))
