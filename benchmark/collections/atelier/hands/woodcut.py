"""Woodcut: carved black contours and hatching, and a few dull inks on cream paper."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    edges,
    luma,
    noise,
    outlines,
    saturate,
    soft,
    wobble,
)
from benchmark.collections.atelier.hands.touch import Touch

_PAPER = np.array([244, 232, 202], dtype=np.float32)
_KEY = np.array([26, 22, 24], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing cut in wood and printed."""
    state = rng.bit_generator.state
    moved = wobble(pixels, 1.4, 16, rng)
    rng.bit_generator.state = state
    parts = wobble(plan, 1.4, 16, rng)
    tone = luma(soft(moved, 1.6))
    things = parts >= 2
    ys, xs = np.indices(plan.shape, dtype=np.float32)
    drift = 3.0 * noise(plan.shape, 40, rng)
    wave = np.sin((ys + drift + (0.15 + 0.5 * touch.slant) * xs) * (0.8 / touch.scale))
    cross = np.sin((0.8 * xs - ys + drift) * (0.7 / touch.scale))
    # The darker the tone, the wider the lines that were left standing.
    darkness = np.clip((172 - tone) / 150, 0, 1) * (0.75 + 0.25 * touch.strength)
    hatch = wave > 1.05 - 1.7 * darkness
    hatch |= (cross > 1.5 - 1.5 * darkness) & (darkness > 0.6)
    hatch &= ~things | (wave > 1.35 - 1.1 * darkness)
    hatch |= tone < 26
    dull = saturate(soft(moved, 1.0), 1.2)
    inks = np.where(things[..., None], dull * 0.8 + 44, _PAPER * 0.86 + dull * 0.12)
    # Snow, moon and lamps stay bare paper.
    inks = np.where((tone > 226)[..., None], _PAPER, np.minimum(inks, _PAPER))
    lines = outlines(parts, max(3, round(4 * touch.scale))) | edges(moved, 120, 2)
    # In the dark the contour is cut away and stays white.
    white = lines & (soft(tone, 7) < 66)
    printed = soft(((lines | hatch) & ~white).astype(np.float32), 0.5)
    inks = np.where(white[..., None], _PAPER, inks)
    speck = np.clip(noise(plan.shape, 1.5, rng) - 2.2, 0, 1)
    return inks + (_KEY - inks) * np.clip(printed - speck, 0, 1)[..., None]
