"""Cubist: the picture broken into shifted, shaded planes, in ochre and grey around the things."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import Array, Plan, luma, outlines, soft, warp
from benchmark.collections.atelier.hands.touch import Touch

_OCHRES = np.array(
    [[176, 140, 92], [120, 116, 108], [92, 96, 84], [206, 182, 138]], dtype=np.float32
)
_LINE = np.array([38, 32, 28], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as facets."""
    height, width = plan.shape
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    facets = np.zeros(plan.shape, dtype=np.int64)
    shade = np.zeros(plan.shape, dtype=np.float32)
    lines = round(11 / touch.scale)
    for i in range(lines):
        turn = rng.uniform(0, np.pi)
        x, y = rng.uniform(0.08, 0.92) * width, rng.uniform(0.08, 0.92) * height
        away = (xs - np.float32(x)) * np.float32(np.cos(turn)) + (ys - np.float32(y)) * np.float32(
            np.sin(turn)
        )
        facets += (away > 0).astype(np.int64) << i
        shade += np.sign(away) * np.exp(-np.abs(away) / 30) * np.float32(rng.choice((-1, 1)))
    count = 1 << lines
    thing = plan >= 2
    reach = np.where(thing, 3.0, 15.0).astype(np.float32) * touch.strength
    shift = rng.normal(0, 1, (2, count)).astype(np.float32)[:, facets]
    moved = warp(pixels, xs + reach * shift[0], ys + reach * shift[1])
    parts = warp(plan, xs + 3 * shift[0], ys + 3 * shift[1])
    ochre = _OCHRES[rng.integers(len(_OCHRES), size=count)[facets]]
    grey = luma(moved)[..., None]
    around = ochre * (0.35 + 0.75 * grey / 200) * 0.7 + moved * 0.3
    own = grey + (moved - grey) * 0.82
    tone = rng.uniform(0.86, 1.12, count).astype(np.float32)[facets]
    mixed = np.where((parts >= 2)[..., None], own, around) * (tone + 0.24 * shade)[..., None]
    kernel = np.ones((3, 3), np.uint8)
    seams = cv2.morphologyEx((facets % 251).astype(np.uint8), cv2.MORPH_GRADIENT, kernel) > 0
    drawn = soft(np.maximum(seams * 0.55, outlines(parts, 3) * 0.95).astype(np.float32), 0.6)
    return mixed + (_LINE - mixed) * drawn[..., None]
