"""Academic: smooth modelling, cast shadows, a little varnish, darkness towards the corners."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmark.collections.atelier.hands.tools import (
    Array,
    Plan,
    cast_shadows,
    noise,
    relief,
    soft,
    vignette,
)
from benchmark.collections.atelier.hands.touch import Touch

_VARNISH = np.array([1.0, 0.975, 0.9], dtype=np.float32)


def paint(pixels: Array, plan: Plan, touch: Touch, rng: Generator) -> Array:
    """The drawing as polished oil paint."""
    modelled = soft(cast_shadows(pixels, plan, 0.45), 0.9)
    modelled = modelled * (1 + 0.42 * touch.strength * relief(plan))[..., None]
    weave = 1 + 0.018 * noise(plan.shape, 2, rng)
    return modelled * (vignette(plan.shape, 0.22) * weave)[..., None] * _VARNISH
