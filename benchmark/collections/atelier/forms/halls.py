"""Towers, barns, temples and tents."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.buildings import ROOF, STONE, roof, window
from benchmark.collections.atelier.forms.kinds import WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def tower(pen: Pen, colour: RGB, look: Circumstances) -> None:
    brick: RGB = (172, 124, 92)
    pen.box(0, 0, 0.3, 0.8, brick)
    pen.box(0.1, 0, 0.1, 0.8, darker(brick, 0.25))
    for y in (0.14, 0.3, 0.46, 0.62):
        pen.line([(-0.15, y), (0.15, y)], 0.012, darker(brick, 0.3))
        window(pen, -0.02, y + 0.04, 0.06, 0.08, look)
    pen.box(0, 0.78, 0.38, 0.06, darker(brick, 0.12))
    for i in range(4):
        pen.box(-0.15 + 0.1 * i, 0.84, 0.06, 0.06, brick)
    roof(pen, [(-0.14, 0.86), (0.14, 0.86), (0, 1.0)], ROOF, look)
    pen.box(0, 0, 0.11, 0.12, WOOD)


def barn(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.box(0.18, 0, 1.14, 0.56, darker(colour, 0.12))
    pen.poly(
        [
            (-0.74, 0),
            (-0.1, 0),
            (-0.1, 0.56),
            (-0.2, 0.82),
            (-0.42, 0.98),
            (-0.64, 0.82),
            (-0.74, 0.56),
        ],
        colour,
    )
    roof(
        pen,
        [(-0.1, 0.56), (0.78, 0.56), (0.62, 0.82), (0.36, 0.98), (-0.42, 0.98), (-0.2, 0.82)],
        (104, 100, 104),
        look,
    )
    pen.line(
        [(-0.76, 0.54), (-0.65, 0.82), (-0.42, 0.99), (-0.19, 0.82), (-0.08, 0.54)],
        0.04,
        (240, 236, 226),
    )
    pen.box(-0.42, 0, 0.34, 0.44, lighter(colour, 0.75))
    pen.box(-0.42, 0.02, 0.28, 0.39, darker(colour, 0.4))
    for line in ([(-0.56, 0.02), (-0.28, 0.41)], [(-0.28, 0.02), (-0.56, 0.41)]):
        pen.line(line, 0.035, (240, 236, 226))
    pen.box(-0.42, 0.6, 0.16, 0.16, darker(colour, 0.5))
    for x in (0.06, 0.22, 0.38, 0.54, 0.7):
        pen.line([(x, 0.02), (x, 0.55)], 0.018, darker(colour, 0.35))


def temple(pen: Pen, colour: RGB, look: Circumstances) -> None:
    marble: RGB = (232, 226, 210)
    for y, reach in ((0.0, 0.7), (0.05, 0.64), (0.1, 0.58)):
        pen.box(0, y, 2 * reach, 0.06, darker(marble, 0.1 + y))
    pen.box(0, 0.15, 1.04, 0.45, (96, 92, 100))
    for i in range(6):
        x = -0.47 + 0.188 * i
        pen.box(x, 0.15, 0.095, 0.45, marble)
        pen.box(x + 0.03, 0.15, 0.035, 0.45, darker(marble, 0.22))
        pen.box(x, 0.57, 0.13, 0.04, marble)
    pen.box(0, 0.6, 1.2, 0.08, marble)
    pen.poly([(-0.66, 0.68), (0.66, 0.68), (0, 1.0)], darker(marble, 0.12))
    pen.poly([(-0.46, 0.71), (0.46, 0.71), (0, 0.92)], darker(marble, 0.3))


def tent(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.66, 0), (-0.5, 0.5), (0, 0.92), (0.5, 0.5), (0.66, 0)], colour)
    for a, b in ((-0.44, -0.22), (0.0, 0.22), (0.44, 0.66)):
        pen.poly(
            [(a, 0), (b, 0), (b * 0.74, 0.5), (0, 0.92), (a * 0.74, 0.5)],
            lighter(colour, 0.55) if sum(colour) < 600 else (150, 140, 120),
        )
    pen.poly([(-0.12, 0), (0.12, 0), (0.0, 0.56)], (50, 40, 40))
    pen.line([(-0.5, 0.5), (0.5, 0.5)], 0.04, darker(colour, 0.4))
    pen.line([(0, 0.9), (0, 1.06)], 0.024, WOOD)
    pen.poly([(0, 1.06), (0.18, 1.02), (0, 0.97)], darker(colour, 0.2))


def arch(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A ruined arch, one side broken away."""
    for x, top in ((-0.34, 0.66), (0.34, 0.6)):
        pen.box(x, 0, 0.24, top, STONE)
        pen.box(x + 0.07, 0, 0.09, top, darker(STONE, 0.25))
    pen.poly([(-0.46, 0.6), (-0.46, 0.94), (-0.2, 1.0), (0.06, 0.95), (0.2, 0.86), (0.1, 0.8), (0.16, 0.74),
              (0.0, 0.8), (-0.14, 0.74), (-0.22, 0.6)], STONE)  # fmt: skip
    pen.poly(
        [(0.22, 0.58), (0.46, 0.58), (0.44, 0.72), (0.36, 0.68), (0.32, 0.78), (0.24, 0.7)], STONE
    )
    for x, y in ((-0.36, 0.2), (-0.32, 0.42), (0.32, 0.3), (-0.36, 0.72), (-0.16, 0.9), (0.3, 0.5)):
        pen.line([(x - 0.09, y), (x + 0.09, y)], 0.014, darker(STONE, 0.4))
    for x, y, r in (
        (-0.44, 0.86, 0.09),
        (-0.36, 0.98, 0.07),
        (0.42, 0.6, 0.07),
        (-0.42, 0.05, 0.08),
    ):
        pen.oval(x, y, r, r * 0.8, (84, 116, 62))
    pen.poly([(-0.1, 0), (0.04, 0.12), (0.16, 0.0)], darker(STONE, 0.15))


SHAPES: dict[str, Form] = {
    "tower": tower, "barn": barn, "temple": temple, "tent": tent, "ruined arch": arch,
}  # fmt: skip
