"""Icon: tempera on a gold ground with punched tooling and a painted border."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    noise,
    outlines,
    relief,
    saturate,
    soft,
)
from benchmark.collections.atelier.hands.touch import Touch

_GOLD = np.array([226, 178, 66], dtype=np.float32)
_BOLE = np.array([168, 70, 42], dtype=np.float32)
_EARTH = np.array([138, 104, 62], dtype=np.float32)
_LINE = np.array([58, 30, 20], dtype=np.float32)
_BORDER = np.array([134, 30, 28], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as a gilded panel."""
    height, width = plan.shape
    ys, xs = np.indices(plan.shape, dtype=np.float32)
    sheen = 1 + 0.16 * np.sin(xs / width * 2.6 + ys / height * 1.4 + rng.uniform(0, 3))
    gold = _GOLD * (sheen + 0.035 * noise(plan.shape, 3, rng))[..., None]
    # Leaf was laid in squares; where it is worn, the red clay shows.
    seam = ((xs % 74 < 1.5) | (ys % 74 < 1.5)).astype(np.float32) * 0.14
    worn = np.clip(noise(plan.shape, 16, rng) - 1.5, 0, 0.6) + seam
    gold = gold + (_BOLE - gold) * worn[..., None]
    earth = _EARTH * (0.8 + 0.5 * (1 - ys / height))[..., None] * 0.75 + pixels * 0.3
    tempera = (
        saturate(pixels, 1.1)
        * (1 + 0.25 * relief(plan))[..., None]
        * np.array([1.04, 1.0, 0.9], np.float32)
    )
    panel = np.where((plan == 0)[..., None], gold, np.where((plan == 1)[..., None], earth, tempera))
    lines = soft(outlines(plan, 3).astype(np.float32), 0.6)
    panel = panel + (_LINE - panel) * (0.85 * lines)[..., None]
    return _framed(panel, round(15 * touch.scale), rng)


def _framed(panel: Array, wide: int, rng: Generator) -> Array:
    """A painted border with a row of punched dots inside it, and fine cracks."""
    height, width = panel.shape[:2]
    ys, xs = np.indices((height, width), dtype=np.float32)
    inset = np.minimum(np.minimum(xs, width - 1 - xs), np.minimum(ys, height - 1 - ys))
    along = np.where((xs == inset) | (width - 1 - xs == inset), ys, xs)
    panel[inset < wide] = _BORDER
    diamond = (np.abs(along % 26 - 13) + 1.6 * np.abs(inset - wide / 2)) < 8
    panel[diamond & (inset < wide)] = _GOLD
    panel[(inset >= wide) & (inset < wide + 3)] = _LINE
    dots = ((along % 11 - 5.5) ** 2 + (inset - wide - 9) ** 2) < 8
    panel[dots] = panel[dots] * 0.62
    cracks = np.abs(noise((height, width), 20, rng)) < 0.022
    panel[cracks] = panel[cracks] * 0.78
    return panel
