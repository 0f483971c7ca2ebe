"""What falls, drifts or flashes between the things and the eye."""

from __future__ import annotations

from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import Pen


def cover(look: Circumstances, image: Image.Image, rng: Generator) -> Image.Image:
    """The drawing with its rain, snow, fog or lightning."""
    width, height = image.size
    pen = Pen(ImageDraw.Draw(image), 0, height, height)
    span = width / height
    if look.weather == "fog":
        return _fog(look, image)
    if look.weather == "snow":
        for _ in range(130):
            x, y, r = rng.uniform(0, span), rng.uniform(0, 1), rng.uniform(0.005, 0.012)
            pen.oval(float(x), float(y), float(r), float(r), (252, 252, 255))
    if look.weather in ("rain", "storm"):
        rain = look.weather == "rain"
        colour = (212, 220, 230) if rain else (150, 158, 172)
        if look.night:
            colour = (120, 132, 158)
        for _ in range(90 if rain else 45):
            x, y = float(rng.uniform(-0.1, span)), float(rng.uniform(0.05, 1.1))
            pen.line([(x, y), (x - 0.03, y - 0.1)], 0.0045, colour)
    if look.weather == "storm":
        _lightning(pen, span, rng)
    return image


def _fog(look: Circumstances, image: Image.Image) -> Image.Image:
    veil = Image.new("RGB", image.size, (92, 98, 116) if look.night else (220, 222, 222))
    # Thickest at mid height, where the far things are.
    mask = Image.new("L", (1, 5))
    mask.putdata([110, 128, 140, 104, 50])
    return Image.composite(veil, image, mask.resize(image.size, Image.Resampling.BICUBIC))


def _lightning(pen: Pen, span: float, rng: Generator) -> None:
    x, y = float(rng.uniform(0.15, 0.85)) * span, 0.96
    points = [(x, y)]
    for i in range(5):
        x += float(rng.uniform(0.01, 0.06)) * (1 if i % 2 else -1)
        y -= 0.09
        points.append((x, y))
    pen.line(points, 0.016, (255, 250, 214))
    fork = points[2]
    pen.line(
        [fork, (fork[0] + 0.05, fork[1] - 0.07), (fork[0] + 0.04, fork[1] - 0.14)],
        0.01,
        (255, 250, 214),
    )
