"""What falls, drifts or flashes between the things and the eye."""

from __future__ import annotations

from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier.pen import Pen
from benchmark.collections.atelier.scene import Scene


def cover(scene: Scene, image: Image.Image, rng: Generator) -> Image.Image:
    """The image with its rain, snow, fog or lightning."""
    width, height = image.size
    pen = Pen(ImageDraw.Draw(image), 0, height, height)
    span = width / height
    if scene.weather == "fog":
        return _fog(scene, image)
    if scene.weather == "snow":
        for _ in range(150):
            x, y, r = rng.uniform(0, span), rng.uniform(0, 1), rng.uniform(0.005, 0.011)
            pen.oval(float(x), float(y), float(r), float(r), (252, 252, 255))
    if scene.weather in ("rain", "storm"):
        colour = (206, 214, 224) if scene.weather == "rain" else (150, 158, 172)
        for _ in range(110 if scene.weather == "rain" else 50):
            x, y = float(rng.uniform(-0.1, span)), float(rng.uniform(0.05, 1.1))
            pen.line([(x, y), (x - 0.035, y - 0.11)], 0.0045, colour)
    if scene.weather == "storm":
        _lightning(pen, span, rng)
    return image


def _fog(scene: Scene, image: Image.Image) -> Image.Image:
    night = scene.hour == "night"
    veil = Image.new("RGB", image.size, (92, 98, 116) if night else (218, 220, 220))
    # Thickest at mid height, where the far things are.
    mask = Image.new("L", (1, 5))
    mask.putdata([120, 138, 150, 120, 70])
    return Image.composite(veil, image, mask.resize(image.size, Image.Resampling.BICUBIC))


def _lightning(pen: Pen, span: float, rng: Generator) -> None:
    x, y = float(rng.uniform(0.15, 0.85)) * span, 0.93
    points = [(x, y)]
    for i in range(5):
        x += float(rng.uniform(0.01, 0.06)) * (1 if i % 2 else -1)
        y -= 0.085
        points.append((x, y))
    pen.line(points, 0.014, (255, 250, 214))
