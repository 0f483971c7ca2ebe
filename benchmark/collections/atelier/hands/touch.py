"""A painter's habits of hand within a style."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Touch:
    """How one painter differs from others of the same style.

    `scale` (0.7 to 1.4) multiplies the size of strokes, dots, facets and lines; `slant`
    (-1 to 1) leans them; `strength` (0.7 to 1.3) is how far the style is carried.
    """

    scale: float = 1.0
    slant: float = 0.0
    strength: float = 1.0
