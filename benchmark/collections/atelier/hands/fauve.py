"""Fauve: broad flat patches of joyful colour, bound by thick blue contours."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    edges,
    noise,
    outlines,
    saturate,
    soft,
    wobble,
)
from benchmark.collections.atelier.hands.touch import Touch

_BLUE = np.array([24, 34, 120], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing in loud flat paint."""
    state = rng.bit_generator.state
    moved = wobble(pixels, 2.2 * touch.strength, 20, rng)
    rng.bit_generator.state = state  # the plan is moved by the very same hand
    parts = wobble(plan, 2.2 * touch.strength, 20, rng)
    broad = cv2.medianBlur(np.clip(moved, 0, 255).astype(np.uint8), 7).astype(np.float32)
    loud = saturate(broad, 1.0 + 0.5 * touch.strength) + 8
    # Steps of light, as from a wide brush and few pots of paint.
    loud = loud * 0.5 + np.round(loud / 44) * 44 * 0.5
    streak = noise(plan.shape, 4.5 * touch.scale, rng) * 9 + noise(plan.shape, 26, rng) * 10
    loud = loud + streak[..., None]
    lines = outlines(parts, max(3, round(5 * touch.scale))) | edges(broad, 150, 2)
    contour = soft(lines.astype(np.float32), 0.7)
    return loud + (_BLUE - loud) * contour[..., None]
