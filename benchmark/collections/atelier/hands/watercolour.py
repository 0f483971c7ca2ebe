"""Watercolour: thin washes that pool at their edges and leave the paper's rim white."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    luma,
    noise,
    outlines,
    soft,
    wobble,
)
from benchmark.collections.atelier.hands.touch import Touch

_PAPER = np.array([253, 250, 242], dtype=np.float32)
_PENCIL = np.array([104, 98, 96], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as washes on paper."""
    washed = soft(wobble(pixels, 2.4 * touch.strength, 14 * touch.scale, rng), 1.4)
    light = luma(washed)
    pool = np.abs(light - soft(light, 5))
    shape = plan.shape
    density = 0.74 + 0.12 * noise(shape, 40 * touch.scale, rng) + 0.05 * noise(shape, 2.2, rng)
    density = density + pool / 80
    things = soft((plan >= 2).astype(np.float32), 2)
    density = density * (0.84 + 0.26 * things)
    height, width = shape
    ys = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None]
    xs = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :]
    rim = np.minimum(ys, xs) + 4.0 * noise(shape, 18, rng)
    density = np.clip(density, 0.1, 1.0) * np.clip((rim - 12) / 5, 0, 1)
    painted = _PAPER - (_PAPER - washed) * density[..., None].astype(np.float32)
    drawn = soft((outlines(plan, 2) & (noise(shape, 12, rng) > -0.5)).astype(np.float32), 0.5)
    inside = np.clip((rim - 14) / 3, 0, 1)
    return painted + (_PENCIL - painted) * (0.5 * drawn * inside)[..., None].astype(np.float32)
