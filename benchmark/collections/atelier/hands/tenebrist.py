"""Tenebrist: one raking light out of the upper left, and nearly everything else in darkness."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import Array, Plan, luma, relief, soft
from benchmark.collections.atelier.hands.touch import Touch

_WARM = np.array([1.16, 0.98, 0.74], dtype=np.float32)
_UMBER = np.array([20, 13, 9], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing lit as by a single lamp."""
    height, width = plan.shape
    xs = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    ys = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    lamp = np.exp(-((xs - 0.42) ** 2 / 0.24 + (ys - 0.45) ** 2 / 0.3))
    things = soft((plan >= 2).astype(np.float32), 1.2)
    shade = np.clip(0.85 + 0.75 * touch.strength * relief(plan), 0.08, 1.6)
    beam = np.clip(1.3 - (0.7 * xs + 0.3 * ys), 0.35, 1.15)
    # The drawing's own darkness is lifted first, so that what the lamp strikes is bright.
    lifted = pixels * np.clip(150 / (luma(soft(pixels, 12)) + 60), 0.8, 1.7)[..., None]
    lit = lifted * (shade * (0.45 + 0.85 * lamp) * beam * 1.25)[..., None]
    dark = _UMBER + soft(pixels, 2.0) * 0.13 * (lamp * beam)[..., None]
    mixed = dark + (lit - dark) * things[..., None]
    return mixed * _WARM
