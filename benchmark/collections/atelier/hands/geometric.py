"""Geometric abstraction: flat rectangles and discs, things cut to crisp angular silhouettes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import Array, Plan, saturate
from benchmark.collections.atelier.hands.touch import Touch

_ACCENTS = np.array(
    [[206, 40, 36], [30, 74, 160], [242, 196, 44], [28, 26, 30], [246, 242, 232]], dtype=np.float32
)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as plane colour with hard edges."""
    things = (plan >= 2).astype(np.uint8)
    # The surroundings go on behind the things, roughly, at an eighth of the size.
    small = cv2.resize(pixels, None, fx=0.125, fy=0.125)
    hidden = cv2.resize(things, small.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    hidden = cv2.dilate(hidden, np.ones((3, 3), np.uint8))
    filled = cv2.inpaint(np.clip(small, 0, 255).astype(np.uint8), hidden, 3, cv2.INPAINT_TELEA)
    canvas: Array = _tiles(cv2.resize(filled, plan.shape[::-1]).astype(np.float32), touch, rng)
    flat: Array = cv2.medianBlur(
        np.clip(saturate(pixels, 1.15), 0, 255).astype(np.uint8), 9
    ).astype(np.float32)
    flat = np.round(flat / 36) * 36
    for part in np.unique(plan[plan >= 2]):
        own = (plan == part).astype(np.uint8)
        edges, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        cut = np.zeros_like(own)
        for edge in edges:
            angular = cv2.approxPolyDP(edge, 2.6 * touch.strength, True)
            cv2.fillPoly(cut, [angular], 1)
        # Holes stay open, and what the cut adds takes the colour of the part's middle tone.
        keep = (cut > 0) & (own > 0)
        canvas[keep] = flat[keep]
        added = (cut > 0) & (own == 0) & (plan < 2)
        if added.sum() < 0.2 * own.sum():
            canvas[added] = np.median(flat[own > 0], axis=0)
    return canvas


def _tiles(back: Array, touch: Touch, rng: Generator) -> Array:
    """The surroundings as rectangles of their own mean colours, with a few pure accents."""
    height, width = back.shape[:2]
    boxes = [(0, 0, width, height)]
    while len(boxes) < round(16 / touch.scale):
        boxes.sort(key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
        x0, y0, x1, y1 = boxes.pop()
        if (x1 - x0) * rng.uniform(0.7, 1.3) > y1 - y0:
            cut = int(x0 + (x1 - x0) * rng.uniform(0.3, 0.7))
            boxes += [(x0, y0, cut, y1), (cut, y0, x1, y1)]
        else:
            cut = int(y0 + (y1 - y0) * rng.uniform(0.3, 0.7))
            boxes += [(x0, y0, x1, cut), (x0, cut, x1, y1)]
    canvas = np.empty_like(back)
    for x0, y0, x1, y1 in boxes:
        colour = saturate(back[y0:y1, x0:x1].mean(axis=(0, 1))[None, None], 1.35)[0, 0]
        canvas[y0:y1, x0:x1] = np.clip(colour * rng.uniform(0.84, 1.16), 0, 255)
    small = sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))[:5]
    for box in small[:2]:
        canvas[box[1] : box[3], box[0] : box[2]] = _ACCENTS[int(rng.integers(5))]
    centre = (int(rng.uniform(0.15, 0.85) * width), int(rng.uniform(0.1, 0.5) * height))
    colour = saturate(canvas[centre[1], centre[0]][None, None], 1.3)[0, 0] * rng.uniform(0.75, 1.2)
    disc = np.zeros((height, width), np.uint8)
    cv2.circle(disc, centre, int(0.2 * height), 1, -1)
    canvas[disc > 0] = canvas[disc > 0] * 0.6 + np.clip(colour, 0, 255) * 0.4
    return canvas
