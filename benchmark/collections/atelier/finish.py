"""From a drawing to a painting: a palette, then one of twelve hands."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image

from benchmark.collections.atelier.hands import (
    academic,
    cubist,
    expressionist,
    fauve,
    geometric,
    icon,
    impressionist,
    pointillist,
    tenebrist,
    ukiyoe,
    watercolour,
    woodcut,
)
from benchmark.collections.atelier.hands.tools import Array, luma
from benchmark.collections.atelier.hands.touch import Touch

HANDS = {
    "academic": academic.paint,
    "tenebrist": tenebrist.paint,
    "impressionist": impressionist.paint,
    "pointillist": pointillist.paint,
    "cubist": cubist.paint,
    "fauve": fauve.paint,
    "expressionist": expressionist.paint,
    "ukiyo-e": ukiyoe.paint,
    "woodcut": woodcut.paint,
    "icon": icon.paint,
    "watercolour": watercolour.paint,
    "geometric": geometric.paint,
}
_PALETTES: dict[str, tuple[float, float, float, float, float]] = {
    # saturation, lightness, then red, green, blue
    "warm": (1.05, 1.0, 1.08, 1.0, 0.84),
    "cool": (0.95, 1.0, 0.88, 0.98, 1.12),
    "bright": (1.25, 1.05, 1.0, 1.0, 1.0),
    "muted": (0.66, 0.97, 1.0, 0.99, 0.95),
    "dark": (1.0, 0.88, 1.0, 0.97, 0.93),
}


def paint(
    image: Image.Image,
    plan: Image.Image,
    palette: str,
    style: str,
    touch: Touch,
    rng: Generator,
) -> Image.Image:
    """The drawing in a palette and a style, by one painter's touch."""
    pixels = _grade(np.asarray(image, dtype=np.float32), palette)
    painted = HANDS[style](pixels, np.asarray(plan), touch, rng)
    return Image.fromarray(np.clip(painted, 0, 255).astype(np.uint8))


def _grade(pixels: Array, palette: str) -> Array:
    saturation, lightness, *tone = _PALETTES[palette]
    grey = luma(pixels)[..., None]
    toned = (grey + (pixels - grey) * np.float32(saturation)) * np.float32(lightness)
    return np.clip(toned * np.array(tone, dtype=np.float32), 0, 255)
