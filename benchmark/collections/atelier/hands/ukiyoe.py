"""Ukiyo-e: fine even outlines, flat colour, a graded band of sky, a title and a red seal."""

from __future__ import annotations

import cv2
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
)
from benchmark.collections.atelier.hands.touch import Touch

_PAPER = np.array([240, 228, 200], dtype=np.float32)
_INK = np.array([34, 34, 48], dtype=np.float32)
_INDIGO = np.array([36, 62, 112], dtype=np.float32)
_SEAL = np.array([196, 44, 36], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as a colour print."""
    height, width = plan.shape
    flat = cv2.medianBlur(np.clip(pixels, 0, 255).astype(np.uint8), 5).astype(np.float32)
    back = soft(flat, 8)
    night = float(luma(pixels[: height // 3]).mean()) < 70
    # Behind the things only two or three printed tones, and paper wherever it is light.
    steps = np.round(luma(back) / 52) * 52 / np.maximum(luma(back), 20)
    behind = back * np.clip(steps, 0.7, 1.4)[..., None]
    if not night:
        behind = behind + (_PAPER - behind) * 0.5
    behind = np.where((plan == 0)[..., None], behind, flat * 0.82 + _PAPER * 0.18)
    inks = np.where((plan >= 2)[..., None], saturate(flat, 0.9) * 0.9 + _PAPER * 0.1, behind)
    band = np.clip(1 - np.arange(height, dtype=np.float32) / (0.2 * height), 0, 1)[:, None]
    inks = inks + (_INDIGO - inks) * (band * (plan == 0) * 0.95)[..., None]
    lines = outlines(plan, 2 if touch.scale < 1.1 else 3) | edges(flat, 110) & (plan >= 2)
    inked = soft(lines.astype(np.float32), 0.5)
    inks = inks + (_INK - inks) * inked[..., None]
    grain = 1 + 0.025 * noise(plan.shape, 1.6, rng) + 0.02 * noise((height, width), 30, rng)
    return _label(inks * grain[..., None], plan, rng)


def _label(inks: Array, plan: Plan, rng: Generator) -> Array:
    """A cartouche with strokes like writing, and a seal, in the emptier upper corner."""
    height, width = plan.shape
    wide, tall = max(18, width // 18), max(70, height // 4)
    corners = (10, width - wide - 10)
    busy = [int((plan[8 : tall + 30, x : x + wide] >= 2).sum()) for x in corners]
    x = corners[int(np.argmin(busy))]
    inks[8 : 8 + tall, x : x + wide] = (236, 206, 150)
    for edge in ((8, 10), (6 + tall, 8 + tall)):
        inks[edge[0] : edge[1], x : x + wide] = _INK
    inks[8 : 8 + tall, [x, x + 1, x + wide - 2, x + wide - 1]] = _INK
    for y in range(16, tall - 2, 14):
        for _ in range(4):
            a = rng.integers(4, wide - 6, 2)
            b = rng.integers(0, 10, 2)
            cv2.line(
                inks,
                (x + int(a[0]), y + int(b[0])),
                (x + int(a[1]), y + int(b[1])),
                _INK.tolist(),
                2,
            )
    inks[tall + 14 : tall + 14 + wide, x : x + wide] = _SEAL
    inks[tall + 18 : tall + 10 + wide, x + wide // 2 - 1 : x + wide // 2 + 1] = _PAPER
    inks[tall + 13 + wide // 2 : tall + 15 + wide // 2, x + 4 : x + wide - 4] = _PAPER
    return inks
