"""Boats and ships, their foot the waterline, and vehicles of land and air."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, LAMP, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_SAIL: RGB = (244, 238, 222)


def sailing_boat(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0.02, 0.16), (0.02, 1.0)], 0.03, WOOD)
    pen.blob([(0.06, 0.28), (0.44, 0.3), (0.24, 0.7), (0.06, 0.94)], _SAIL)
    pen.blob([(-0.03, 0.3), (-0.36, 0.33), (-0.16, 0.62), (-0.03, 0.84)], darker(_SAIL, 0.12))
    pen.poly([(0.02, 1.0), (0.2, 0.96), (0.02, 0.92)], colour)
    pen.poly([(-0.48, 0.26), (0.5, 0.29), (0.36, 0.0), (-0.34, 0.0)], colour)
    pen.poly([(-0.41, 0.12), (0.43, 0.14), (0.36, 0.0), (-0.34, 0.0)], darker(colour, 0.28))
    pen.line([(-0.48, 0.26), (0.5, 0.29)], 0.035, lighter(colour, 0.4))


def rowing_boat(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(-1.3, 0.86), (-1.0, 0.14), (-0.6, 0.0), (0.6, 0.0), (1.0, 0.14), (1.32, 0.92),
              (0.6, 0.66), (-0.6, 0.64)], colour)  # fmt: skip
    pen.blob(
        [(-1.1, 0.66), (-0.5, 0.58), (0.5, 0.6), (1.12, 0.7), (0.6, 0.74), (-0.6, 0.72)],
        darker(colour, 0.55),
    )
    pen.curve([(-1.3, 0.86), (-0.6, 0.62), (0.6, 0.64), (1.32, 0.92)], 0.09, lighter(colour, 0.4))
    pen.blob(
        [(-0.96, 0.2), (0.0, 0.22), (0.96, 0.2), (0.6, 0.02), (-0.6, 0.02)], darker(colour, 0.28)
    )
    for x in (-0.4, 0.35):
        pen.box(x, 0.62, 0.2, 0.1, WOOD)
    pen.line([(-0.1, 0.7), (0.75, -0.1)], 0.08, (196, 160, 108))


def ship(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A three-master under sail."""
    for x, top in ((-0.34, 0.9), (0.0, 1.0), (0.32, 0.9)):
        pen.line([(x, 0.2), (x, top)], 0.02, WOOD)
        for foot, reach in ((0.28, 0.16), (0.5, 0.14), (0.7, 0.105)):
            height = 0.17 if top > 0.95 or foot < 0.6 else 0.13
            pen.blob([(x - reach, foot), (x + reach, foot), (x + reach * 1.1, foot + height * 0.5),
                      (x + reach * 0.85, foot + height), (x - reach * 0.85, foot + height)], _SAIL)  # fmt: skip
            pen.line([(x - reach, foot), (x + reach, foot)], 0.016, darker(_SAIL, 0.4))
        pen.poly([(x, top), (x + 0.09, top - 0.025), (x, top - 0.05)], (198, 44, 42))
    pen.poly([(0.34, 0.62), (0.66, 0.3), (0.36, 0.28)], darker(_SAIL, 0.1))
    pen.line([(0.44, 0.24), (0.7, 0.32)], 0.024, WOOD)
    pen.blob(
        [(-0.56, 0.32), (-0.46, 0.02), (0.38, 0.0), (0.56, 0.26), (0.3, 0.19), (-0.3, 0.19)],
        (104, 62, 38),
    )
    pen.blob([(-0.5, 0.1), (0.45, 0.1), (0.38, 0.0), (-0.45, 0.02)], darker((104, 62, 38), 0.35))
    pen.line([(-0.5, 0.15), (0.48, 0.15)], 0.03, (226, 196, 120))
    for i in range(6):
        pen.box(-0.36 + 0.14 * i, 0.135, 0.035, 0.03, DARK)


def cart(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0.4, 0.42), (0.86, 0.36)], 0.06, WOOD)
    pen.blob([(-0.62, 0.74), (-0.4, 0.96), (0.0, 1.0), (0.36, 0.92), (0.54, 0.74)], (222, 184, 90))
    for x in (-0.4, -0.1, 0.2):
        pen.line([(x, 0.76), (x + 0.1, 0.92)], 0.025, (176, 136, 56))
    pen.poly([(-0.66, 0.8), (0.6, 0.8), (0.46, 0.42), (-0.52, 0.42)], colour)
    for y in (0.54, 0.67):
        pen.line([(-0.58, y), (0.52, y)], 0.03, darker(colour, 0.35))
    for x in (-0.3, 0.3):
        pen.oval(x, 0.27, 0.27, 0.27, (66, 46, 32))
        pen.oval(x, 0.27, 0.2, 0.2, (206, 176, 130))
        for line in ([(x - 0.2, 0.27), (x + 0.2, 0.27)], [(x, 0.07), (x, 0.47)],
                     [(x - 0.14, 0.13), (x + 0.14, 0.41)], [(x - 0.14, 0.41), (x + 0.14, 0.13)]):  # fmt: skip
            pen.line(line, 0.04, (66, 46, 32))
        pen.oval(x, 0.27, 0.06, 0.06, (66, 46, 32))


def train(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A steam engine with two coaches, going right."""
    pen.line([(-1.62, 0.03), (1.62, 0.03)], 0.05, (90, 80, 76))
    for x, r in ((1.1, 0.13), (0.9, 0.17), (0.62, 0.19), (0.3, 0.17), (-0.1, 0.13)):
        pen.oval(x, 1.0 - (1.1 - x) * 0.1, r, r * 0.8, (226, 226, 230))
    for x in (-1.15, -0.3):
        pen.box(x, 0.2, 0.76, 0.46, colour if sum(colour) > 160 else (120, 40, 40))
        pen.box(x, 0.64, 0.82, 0.07, DARK)
        for dx in (-0.24, 0.0, 0.24):
            (pen.lit() if look.night else pen).box(
                x + dx, 0.38, 0.15, 0.18, LAMP if look.night else (214, 226, 232)
            )
        for dx in (-0.22, 0.22):
            pen.oval(x + dx, 0.14, 0.1, 0.1, DARK)
    pen.box(0.4, 0.2, 0.34, 0.6, colour)
    pen.box(0.4, 0.78, 0.44, 0.07, darker(colour, 0.5))
    pen.box(0.4, 0.5, 0.18, 0.2, (214, 226, 232))
    pen.box(0.94, 0.26, 0.8, 0.34, colour)
    pen.oval(1.34, 0.43, 0.08, 0.17, lighter(colour, 0.2))
    for x in (0.74, 1.0):
        pen.box(x, 0.26, 0.04, 0.34, (214, 176, 70))
    pen.poly([(1.12, 0.58), (1.24, 0.58), (1.28, 0.86), (1.08, 0.86)], darker(colour, 0.45))
    pen.oval(0.84, 0.61, 0.09, 0.07, (214, 176, 70))
    for x, r in ((0.46, 0.16), (0.82, 0.14), (1.16, 0.14)):
        pen.oval(x, 0.16, r, r, DARK)
        pen.oval(x, 0.16, r * 0.5, r * 0.5, (196, 50, 44))
    pen.poly([(1.36, 0.2), (1.58, 0.06), (1.36, 0.06)], (196, 50, 44))


def balloon(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(0, 1.0), (-0.26, 0.92), (-0.36, 0.7), (-0.26, 0.46), (-0.09, 0.28), (0.09, 0.28),
              (0.26, 0.46), (0.36, 0.7), (0.26, 0.92)], colour)  # fmt: skip
    pale = lighter(colour, 0.72)
    pen.blob([(-0.06, 0.99), (-0.2, 0.7), (-0.06, 0.28), (-0.03, 0.28), (-0.09, 0.7)], pale)
    pen.blob([(0.06, 0.99), (0.2, 0.7), (0.06, 0.28), (0.03, 0.28), (0.09, 0.7)], pale)
    pen.blob([(0.2, 0.94), (0.36, 0.7), (0.2, 0.4), (0.28, 0.7)], darker(colour, 0.25))
    for x in (-0.08, 0.08):
        pen.line([(x, 0.28), (x * 0.9, 0.14)], 0.014, WOOD)
    pen.poly([(-0.09, 0.15), (0.09, 0.15), (0.07, 0.0), (-0.07, 0.0)], (150, 104, 58))
    pen.line([(-0.09, 0.14), (0.09, 0.14)], 0.03, darker(WOOD))


SHAPES: dict[str, Form] = {
    "sailing boat": sailing_boat, "rowing boat": rowing_boat, "ship": ship, "cart": cart,
    "train": train, "balloon": balloon,
}  # fmt: skip
