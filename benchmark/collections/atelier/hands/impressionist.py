"""Impressionist: short broken strokes along the forms, light colour, blue-violet shadows."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import Array, Plan, luma, saturate, soft
from benchmark.collections.atelier.hands.touch import Touch

_SHADOW = np.array([-4, 0, 20], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing in dabs of paint."""
    height, width = plan.shape
    light = luma(pixels)
    bright = saturate(pixels, 1.12) * 1.05 + 8 + _SHADOW * np.clip(1 - light / 130, 0, 1)[..., None]
    smooth = cv2.blur(light, (9, 9))
    slope_y, slope_x = np.gradient(smooth)
    canvas = np.clip(soft(bright, 2.2), 0, 255).astype(np.uint8)
    scale = touch.scale
    count = int(height * width / (46 * scale * scale))
    ys, xs = rng.integers(0, height, count), rng.integers(0, width, count)
    flat = np.hypot(slope_x, slope_y)[ys, xs] < 0.7
    along = np.arctan2(slope_x[ys, xs], -slope_y[ys, xs])
    loose = 0.25 + 0.8 * touch.slant + rng.normal(0, 0.4, count)
    angles = np.where(flat, loose, along)
    # Short strokes on things, so that small forms survive; longer ones in open areas.
    reach = np.where(plan[ys, xs] >= 2, 3.2, np.where(flat, 7.0, 4.0)) * scale
    dx, dy = np.cos(angles) * reach, np.sin(angles) * reach
    vary = np.where(plan[ys, xs] >= 2, 0.7, 1.0)[:, None] * touch.strength
    shift = (rng.normal(0, 12, (count, 3)) + rng.normal(0, 10, (count, 1))) * vary
    inks = np.clip(bright[ys, xs] + shift, 0, 255).tolist()
    ends = np.stack([xs - dx, ys - dy, xs + dx, ys + dy], axis=1).round().astype(int).tolist()
    wide = max(2, round(3.6 * scale))
    for (x0, y0, x1, y1), ink in zip(ends, inks, strict=True):
        cv2.line(canvas, (x0, y0), (x1, y1), ink, wide)
    return canvas.astype(np.float32)
