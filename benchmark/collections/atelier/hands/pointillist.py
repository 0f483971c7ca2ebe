"""Pointillist: separate dots of purer colour on a light ground."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import Array, Plan, luma, soft
from benchmark.collections.atelier.hands.touch import Touch


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing in dots."""
    ground = soft(pixels, 1.5) * 0.62 + 72
    cell = 7.0 * (0.75 + 0.25 * touch.scale)
    for offset in (0.0, cell / 2):
        ground = _dots(ground, pixels, cell, offset, touch.strength, rng)
    return ground


def _dots(
    under: Array, pixels: Array, cell: float, offset: float, strength: float, rng: Generator
) -> Array:
    """One layer of dots, one to a square of a loosened grid."""
    height, width = pixels.shape[:2]
    rows, columns = int(height / cell) + 2, int(width / cell) + 2
    loose = rng.uniform(-0.13, 0.13, (2, rows, columns)) * cell
    cy = ((np.arange(rows)[:, None] + 0.5) * cell - offset + loose[0]).astype(np.float32)
    cx = ((np.arange(columns)[None, :] + 0.5) * cell - offset + loose[1]).astype(np.float32)
    iy = np.clip(cy, 0, height - 1).astype(int)
    ix = np.clip(cx, 0, width - 1).astype(int)
    found = pixels[iy, ix]
    grey = luma(found)[..., None]
    inks = grey + (found - grey) * (1 + 0.45 * strength)
    inks += rng.normal(0, 1, inks.shape).astype(np.float32) * (9 + 11 * grey / 255) * strength
    # A few dots take the opposite colour, as the theory of the dotters had it.
    opposite = rng.random((rows, columns)) < 0.05
    inks[opposite] = 2 * grey[opposite] - found[opposite]
    ys = np.arange(height, dtype=np.float32)[:, None]
    xs = np.arange(width, dtype=np.float32)[None, :]
    gy = ((ys + offset) / cell).astype(int)
    gx = ((xs + offset) / cell).astype(int)
    far = np.sqrt((ys - cy[gy, gx]) ** 2 + (xs - cx[gy, gx]) ** 2)
    cover = np.clip(cell * 0.41 - far + 0.5, 0, 1)[..., None]
    return under + (inks[gy, gx] - under) * cover
