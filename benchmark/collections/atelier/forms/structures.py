"""Bridges, wells, fountains and fences."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import SNOW, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_STONE: RGB = (168, 164, 158)
_WATER: RGB = (110, 170, 206)


def bridge(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Three arches; the water seen through them is part of the bridge."""
    pen.poly([(-2.25, 0), (-2.25, 0.62), (0, 0.94), (2.25, 0.62), (2.25, 0)], colour)
    pen.line(
        [(-2.25, 0.64), (0, 0.96), (2.25, 0.64)],
        0.12,
        SNOW if look.snowy else lighter(colour, 0.35),
    )
    water = (52, 78, 110)
    for x in (-1.3, 0.0, 1.3):
        pen.oval(x, 0.12, 0.5, 0.54, darker(colour, 0.4))
        pen.oval(x + 0.05, 0.1, 0.45, 0.49, water)
        pen.box(x, -0.4, 1.0, 0.5, water)
    for x in (-1.95, -0.65, 0.65, 1.95):
        pen.box(x, 0.0, 0.2, 0.34, darker(colour, 0.2))
    for x in (-1.8, -1.0, -0.4, 0.4, 1.0, 1.8):
        pen.line(
            [(x - 0.14, 0.7 - abs(x) * 0.1), (x + 0.14, 0.7 - abs(x) * 0.1)],
            0.03,
            darker(colour, 0.28),
        )


def well(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.3, 0.3):
        pen.box(x, 0.2, 0.07, 0.56, WOOD)
    pen.poly([(-0.46, 0.7), (0.46, 0.7), (0, 1.0)], SNOW if look.snowy else (150, 74, 54))
    pen.poly([(0.02, 0.72), (0.46, 0.7), (0, 1.0)], SNOW if look.snowy else (118, 56, 42))
    pen.line([(-0.3, 0.62), (0.3, 0.62)], 0.05, darker(WOOD))
    pen.line([(0, 0.62), (0, 0.44)], 0.02, (226, 214, 180))
    pen.poly([(-0.09, 0.46), (0.09, 0.46), (0.07, 0.32), (-0.07, 0.32)], (130, 90, 50))
    pen.box(0, 0, 0.78, 0.32, _STONE)
    pen.oval(0, 0.32, 0.39, 0.07, darker(_STONE, 0.6))
    for x, y in (
        (-0.22, 0.2),
        (0.04, 0.22),
        (0.24, 0.18),
        (-0.1, 0.08),
        (0.16, 0.06),
        (-0.3, 0.07),
    ):
        pen.line([(x - 0.08, y), (x + 0.08, y)], 0.03, darker(_STONE, 0.35))


def fountain(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for side in (-1, 1):
        pen.curve([(0, 0.86), (side * 0.16, 0.98), (side * 0.24, 0.66)], 0.04, _WATER)
        pen.curve([(side * 0.2, 0.6), (side * 0.36, 0.58), (side * 0.42, 0.22)], 0.045, _WATER)
    pen.line([(0, 0.6), (0, 1.0)], 0.05, lighter(_WATER, 0.5))
    pen.poly([(-0.05, 0.2), (0.05, 0.2), (0.04, 0.6), (-0.04, 0.6)], _STONE)
    pen.blob([(-0.26, 0.6), (0.26, 0.6), (0.1, 0.5), (-0.1, 0.5)], _STONE)
    pen.oval(0, 0.6, 0.25, 0.04, _WATER)
    pen.poly([(-0.5, 0.22), (0.5, 0.22), (0.42, 0.0), (-0.42, 0.0)], _STONE)
    pen.poly([(0.1, 0.22), (0.5, 0.22), (0.42, 0.0), (0.1, 0.0)], darker(_STONE, 0.2))
    pen.oval(0, 0.22, 0.5, 0.075, lighter(_STONE, 0.3))
    pen.oval(0, 0.22, 0.43, 0.055, _WATER)


def fence(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for y in (0.28, 0.66):
        pen.box(0, y, 4.0, 0.1, darker(colour, 0.15))
    for i in range(11):
        x = -1.9 + 0.38 * i
        pen.poly(
            [(x - 0.09, 0), (x + 0.09, 0), (x + 0.09, 0.84), (x, 1.0), (x - 0.09, 0.84)], colour
        )
        pen.line([(x + 0.07, 0.02), (x + 0.07, 0.84)], 0.04, darker(colour, 0.3))


SHAPES: dict[str, Form] = {
    "bridge": bridge, "well": well, "fountain": fountain, "fence": fence,
}  # fmt: skip
