"""Pictures whose ImageNet class is plain to see."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw


def spider_web() -> Image.Image:
    """Twelve white threads, and rings between them, on dark green; 260 x 260."""
    image = Image.new("RGB", (260, 260), (20, 40, 20))
    pen = ImageDraw.Draw(image)
    ways = [(math.cos(k * math.pi / 6), math.sin(k * math.pi / 6)) for k in range(13)]
    for x, y in ways:
        pen.line((130, 130, 130 + 190 * x, 130 + 190 * y), fill="white", width=2)
    for radius in range(15, 180, 14):
        ring = [(130 + radius * x, 130 + radius * y) for x, y in ways]
        pen.line(ring, fill="white", width=2)
    return image


def clock() -> Image.Image:
    """A white dial with twelve marks and two hands; 260 x 260."""
    image = Image.new("RGB", (260, 260), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((20, 20, 240, 240), fill="white", outline="black", width=8)
    for k in range(12):
        x, y = math.cos(k * math.pi / 6), math.sin(k * math.pi / 6)
        ends = (130 + 85 * x, 130 + 85 * y, 130 + 100 * x, 130 + 100 * y)
        pen.line(ends, fill="black", width=5)
    pen.line((130, 130, 130, 60), fill="black", width=6)
    pen.line((130, 130, 185, 150), fill="black", width=8)
    return image


def gradient() -> Image.Image:
    """Redder to the right, greener below; 260 x 260."""
    x = np.tile(np.linspace(0, 255, 260), (260, 1))
    return Image.fromarray(np.stack([x, x.T, np.full_like(x, 128)], -1).astype(np.uint8))
