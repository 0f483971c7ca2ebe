"""Arms, and the emblems of passing time."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import BONE, DARK, GOLD, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_STEEL: RGB = (190, 196, 206)


def sword(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.055, 0.24), (0.055, 0.24), (0.045, 0.9), (0, 1.0), (-0.045, 0.9)], _STEEL)
    pen.poly([(0, 0.24), (0.055, 0.24), (0.045, 0.9), (0, 1.0)], darker(_STEEL, 0.3))
    pen.box(0, 0.2, 0.32, 0.05, GOLD)
    pen.box(0, 0.05, 0.055, 0.16, (96, 50, 36))
    pen.oval(0, 0.035, 0.05, 0.04, GOLD)


def shield(pen: Pen, colour: RGB, look: Circumstances) -> None:
    def outline(size: float) -> list[tuple[float, float]]:
        return [(-0.38 * size, 0.5 + 0.46 * size), (0.38 * size, 0.5 + 0.46 * size), (0.38 * size, 0.5),
                (0.22 * size, 0.5 - 0.32 * size), (0, 0.5 - 0.5 * size), (-0.22 * size, 0.5 - 0.32 * size),
                (-0.38 * size, 0.5)]  # fmt: skip

    pen.poly(outline(1.0), GOLD)
    pen.poly(outline(0.86), colour)
    mark = (246, 242, 230) if sum(colour) < 560 else (190, 40, 40)
    pen.box(0, 0.14, 0.13, 0.7, mark)
    pen.box(0, 0.52, 0.62, 0.13, mark)


def helmet(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(0.1, 0.82), (-0.16, 1.0), (-0.42, 0.8), (-0.42, 0.5)], 0.16, (196, 40, 40))
    pen.blob(
        [
            (-0.34, 0.04),
            (-0.36, 0.5),
            (-0.2, 0.82),
            (0.1, 0.86),
            (0.34, 0.62),
            (0.38, 0.3),
            (0.2, 0.04),
        ],
        _STEEL,
    )
    pen.blob(
        [(0.04, 0.04), (0.1, 0.86), (0.34, 0.62), (0.38, 0.3), (0.2, 0.04)], darker(_STEEL, 0.25)
    )
    pen.poly([(0.0, 0.52), (0.42, 0.5), (0.42, 0.44), (0.0, 0.44)], DARK)
    for y in (0.16, 0.25, 0.34):
        pen.line([(0.14, y), (0.3, y)], 0.03, DARK)
    pen.blob([(-0.4, 0.0), (-0.36, 0.1), (0.26, 0.1), (0.3, 0.0)], darker(_STEEL, 0.2))
    pen.oval(-0.16, 0.6, 0.05, 0.12, (240, 244, 248))


def arrow(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(-1.9, 0.5), (1.7, 0.5)], 0.3, WOOD)
    pen.poly([(1.5, 1.0), (2.1, 0.5), (1.5, 0.0)], (120, 124, 132))
    for y in (0.0, 1.0):
        pen.poly([(-1.9, 0.5), (-2.1, y), (-1.5, y), (-1.2, 0.5)], (196, 44, 42))


def bow(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(-0.1, 0.02), (-0.1, 0.98)], 0.018, (240, 236, 224))
    pen.curve(
        [
            (-0.1, 0.02),
            (0.08, 0.16),
            (0.16, 0.36),
            (0.1, 0.5),
            (0.16, 0.64),
            (0.08, 0.84),
            (-0.1, 0.98),
        ],
        0.05,
        WOOD,
    )
    pen.line([(-0.2, 0.5), (0.3, 0.5)], 0.022, (210, 180, 130))
    pen.poly([(0.28, 0.54), (0.4, 0.5), (0.28, 0.46)], (130, 134, 142))


def skull(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(-0.2, 0.04), (-0.24, 0.3), (0.3, 0.3), (0.26, 0.04)], darker(BONE, 0.16))
    pen.blob(
        [
            (-0.46, 0.6),
            (-0.34, 0.9),
            (0.0, 1.0),
            (0.34, 0.9),
            (0.46, 0.6),
            (0.36, 0.3),
            (-0.3, 0.3),
        ],
        BONE,
    )
    pen.blob([(0.16, 0.96), (0.34, 0.9), (0.46, 0.6), (0.36, 0.3), (0.3, 0.5)], darker(BONE, 0.18))
    pen.oval(-0.15, 0.52, 0.13, 0.14, DARK)
    pen.oval(0.21, 0.52, 0.13, 0.14, DARK)
    pen.poly([(0.03, 0.44), (-0.05, 0.3), (0.1, 0.3)], DARK)
    for i in range(6):
        pen.box(-0.14 + i * 0.072, 0.08, 0.056, 0.13, (242, 234, 208))
    pen.line([(-0.18, 0.145), (0.26, 0.145)], 0.022, DARK)
    pen.oval(-0.18, 0.82, 0.11, 0.07, lighter(BONE, 0.6))


def hourglass(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for y in (0.0, 0.91):
        pen.box(0, y, 0.6, 0.09, WOOD)
    for x in (-0.25, 0.25):
        pen.box(x, 0.08, 0.05, 0.84, darker(WOOD, 0.2))
    glass: RGB = (208, 220, 226)
    pen.blob(
        [(-0.19, 0.9), (-0.18, 0.72), (-0.03, 0.52), (0.03, 0.52), (0.18, 0.72), (0.19, 0.9)], glass
    )
    pen.blob(
        [(-0.19, 0.1), (-0.18, 0.3), (-0.03, 0.5), (0.03, 0.5), (0.18, 0.3), (0.19, 0.1)], glass
    )
    sand: RGB = (222, 170, 84)
    pen.poly([(-0.13, 0.72), (0.13, 0.72), (0.02, 0.53), (-0.02, 0.53)], sand)
    pen.line([(0, 0.54), (0, 0.2)], 0.025, sand)
    pen.poly([(-0.17, 0.1), (0.17, 0.1), (0.0, 0.34)], sand)
    pen.line([(-0.12, 0.76), (-0.12, 0.86)], 0.03, (250, 252, 254))


def bubble(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.5, 0.5, 0.5, (226, 190, 220))
    pen.oval(0.01, 0.49, 0.46, 0.46, (150, 200, 226))
    pen.oval(0.0, 0.5, 0.38, 0.38, (196, 226, 232))
    pen.curve([(0.22, 0.16), (0.4, 0.34), (0.42, 0.56)], 0.06, (246, 206, 130))
    pen.oval(-0.18, 0.7, 0.12, 0.09, (255, 255, 255))
    pen.oval(0.2, 0.28, 0.05, 0.04, (255, 255, 255))


SHAPES: dict[str, Form] = {
    "sword": sword, "shield": shield, "helmet": helmet, "arrow": arrow, "bow": bow, "skull": skull,
    "hourglass": hourglass, "bubble": bubble,
}  # fmt: skip
