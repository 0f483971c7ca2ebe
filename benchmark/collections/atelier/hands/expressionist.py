"""Expressionist: long swirling strokes, crooked contours, clashing colour around the things."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    luma,
    noise,
    outlines,
    saturate,
    soft,
    warp,
)
from benchmark.collections.atelier.hands.touch import Touch

_INK = np.array([24, 18, 34], dtype=np.float32)
_ACID = np.array([[16, 10, -46], [-14, 26, -20], [26, -20, 8]], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as it would be shouted."""
    height, width = plan.shape
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    phase = rng.uniform(0, 6.3, 2)
    bend = 4.2 * touch.strength
    mx = xs + bend * np.sin(ys / 26 + phase[0]) + 1.5 * noise(plan.shape, 30, rng)
    my = ys + bend * np.sin(xs / 33 + phase[1]) + 1.5 * noise(plan.shape, 30, rng)
    bent = warp(pixels, mx, my)
    parts = warp(plan, mx, my)
    streaks = _flow(plan.shape, touch, rng)
    around = (parts < 2).astype(np.float32)
    around = soft(around, 1.0)[..., None]
    loud = saturate(bent, 1.25)
    acid = _ACID[int(rng.integers(3))]
    share = np.clip(luma(bent) / 160, 0.15, 1.0)[..., None]
    loud = loud + around * (acid * share + 34 * (streaks * share[..., 0])[..., None])
    loud = loud + (1 - around) * 15 * streaks[..., None]
    contour = soft(outlines(parts, max(3, round(4 * touch.scale))).astype(np.float32), 0.6)
    return loud + (_INK - loud) * (0.92 * contour)[..., None]


def _flow(shape: tuple[int, ...], touch: Touch, rng: Generator) -> Array:
    """Noise drawn out along a swirling field, around zero."""
    height, width = shape[0] // 2, shape[1] // 2
    small = (height, width)
    angle = 1.6 * noise(small, 60, rng) + touch.slant
    dx, dy = np.cos(angle), np.sin(angle)
    grain = rng.normal(size=small).astype(np.float32)
    total: Array = grain.copy()
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    px: Array = xs.copy()
    py: Array = ys.copy()
    for _ in range(9):
        step_x = warp(dx, px, py)
        step_y = warp(dy, px, py)
        px, py = px + 1.6 * touch.scale * step_x, py + 1.6 * touch.scale * step_y
        total += warp(grain, px, py)
    total = cv2.GaussianBlur(total, (0, 0), 0.9)
    streaks = cv2.resize(total / (total.std() + 1e-6), (shape[1], shape[0]))
    return np.asarray(np.clip(streaks, -2.2, 2.2), dtype=np.float32)
