"""What every form is: a function that draws one thing in the pen's frame."""

from __future__ import annotations

from collections.abc import Callable

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import RGB, Pen

Form = Callable[[Pen, RGB, Circumstances], None]

DARK: RGB = (34, 28, 30)
WOOD: RGB = (112, 74, 44)
GOLD: RGB = (214, 168, 58)
SNOW: RGB = (246, 248, 252)
LAMP: RGB = (255, 210, 100)
GLASS: RGB = (58, 66, 92)
LEAF: RGB = (62, 122, 54)
BONE: RGB = (232, 220, 188)


def eye(pen: Pen, x: float, y: float, size: float, colour: RGB) -> None:
    """A dark eye, light on a dark animal."""
    pen.oval(x, y, size, size, DARK if sum(colour) > 200 else (232, 228, 214))
