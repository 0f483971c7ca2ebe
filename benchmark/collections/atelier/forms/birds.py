"""Birds, perched, walking, afloat and flying."""

from __future__ import annotations

import math

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, Form, eye
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_BEAK: RGB = (232, 150, 30)


def songbird(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.02, 0.12):
        pen.line([(x, 0.3), (x + 0.02, 0)], 0.04, (120, 84, 40))
    pen.blob([(-0.2, 0.46), (-0.74, 0.3), (-0.7, 0.2), (-0.1, 0.3)], darker(colour, 0.3))
    pen.blob([(0.46, 0.62), (0.4, 0.34), (0.1, 0.22), (-0.3, 0.3), (-0.36, 0.5), (-0.1, 0.7),
              (0.06, 0.9), (0.3, 0.98), (0.46, 0.84)], colour)  # fmt: skip
    pen.blob([(0.42, 0.56), (0.34, 0.34), (0.1, 0.24), (0.2, 0.46)], lighter(colour, 0.5))
    pen.poly([(0.44, 0.84), (0.7, 0.76), (0.44, 0.7)], _BEAK)
    pen.blob([(0.12, 0.62), (-0.2, 0.68), (-0.5, 0.34), (-0.1, 0.34)], darker(colour, 0.36))
    eye(pen, 0.3, 0.83, 0.04, colour)


def songbird_flying(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob(
        [(-0.1, 0.34), (-0.3, 0.74), (-0.7, 0.98), (-0.6, 0.6), (-0.3, 0.2)], darker(colour, 0.25)
    )
    pen.blob([(0.1, 0.36), (0.3, 0.84), (0.62, 1.0), (0.56, 0.6), (0.3, 0.2)], colour)
    pen.blob([(-0.3, 0.26), (-0.72, 0.3), (-0.7, 0.1), (-0.3, 0.12)], darker(colour, 0.3))
    pen.blob([(-0.4, 0.2), (0.0, 0.34), (0.36, 0.4), (0.54, 0.3), (0.4, 0.14), (0.0, 0.06)], colour)
    pen.poly([(0.52, 0.34), (0.72, 0.26), (0.52, 0.22)], _BEAK)
    eye(pen, 0.43, 0.3, 0.03, colour)


def swan(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(-0.6, 0.36), (-0.52, 0.1), (0.0, 0.0), (0.42, 0.08), (0.5, 0.3), (0.2, 0.42),
              (-0.2, 0.4)], colour)  # fmt: skip
    pen.curve([(0.36, 0.2), (0.5, 0.44), (0.34, 0.68), (0.3, 0.86), (0.42, 0.94)], 0.12, colour)
    pen.oval(0.44, 0.92, 0.11, 0.08, colour)
    pen.poly([(0.52, 0.96), (0.66, 0.84), (0.5, 0.86)], (236, 120, 30))
    pen.oval(0.5, 0.93, 0.03, 0.03, (20, 18, 18))
    tone = darker(colour, 0.16) if sum(colour) > 300 else lighter(colour, 0.2)
    pen.blob([(-0.6, 0.4), (-0.5, 0.2), (0.0, 0.12), (0.24, 0.26), (-0.1, 0.34)], tone)
    pen.blob([(-0.5, 0.42), (-0.36, 0.28), (0.04, 0.22), (-0.1, 0.36)], colour)
    eye(pen, 0.45, 0.95, 0.02, colour)


def owl(pen: Pen, colour: RGB, look: Circumstances) -> None:
    coat: RGB = (134, 98, 62)
    pen.blob([(0, 0.98), (-0.26, 0.92), (-0.32, 0.5), (-0.2, 0.06), (0.2, 0.06), (0.32, 0.5),
              (0.26, 0.92)], coat)  # fmt: skip
    for side in (-1, 1):
        pen.poly([(side * 0.26, 0.9), (side * 0.3, 1.02), (side * 0.1, 0.94)], coat)
        pen.blob([(side * 0.2, 0.6), (side * 0.36, 0.4), (side * 0.22, 0.1)], darker(coat))
        pen.oval(side * 0.12, 0.76, 0.12, 0.12, (240, 226, 190))
        pen.oval(side * 0.12, 0.76, 0.08, 0.08, (246, 180, 40))
        pen.oval(side * 0.12, 0.76, 0.045, 0.045, DARK)
        pen.line([(side * 0.09, 0.06), (side * 0.09, 0.0)], 0.08, (220, 160, 60))
    pen.poly([(-0.05, 0.7), (0.05, 0.7), (0, 0.58)], (80, 60, 40))
    pen.blob([(-0.16, 0.5), (0.16, 0.5), (0.14, 0.12), (-0.14, 0.12)], lighter(coat, 0.5))
    for y in (0.42, 0.32, 0.22):
        for x in (-0.08, 0.0, 0.08):
            pen.poly([(x - 0.03, y), (x + 0.03, y), (x, y - 0.06)], darker(coat))


def rooster(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.02, 0.1):
        pen.line([(x, 0.24), (x, 0.02), (x + 0.08, 0.0)], 0.04, _BEAK)
    for i, tone in enumerate(((24, 84, 74), (34, 60, 110), (30, 110, 70))):
        pen.curve(
            [(-0.2, 0.4), (-0.42 - 0.03 * i, 0.7 + 0.08 * i), (-0.54, 0.5 + 0.12 * i)], 0.11, tone
        )
    pen.blob([(-0.34, 0.46), (-0.2, 0.24), (0.12, 0.2), (0.34, 0.36), (0.3, 0.56), (0.34, 0.78),
              (0.16, 0.8), (0.02, 0.54)], (176, 92, 36))  # fmt: skip
    pen.blob([(0.34, 0.56), (0.36, 0.36), (0.14, 0.22), (0.1, 0.4)], (70, 40, 28))
    pen.blob([(0.06, 0.52), (0.3, 0.5), (0.36, 0.82), (0.16, 0.82)], (226, 160, 56))
    pen.oval(0.27, 0.83, 0.11, 0.1, (226, 160, 56))
    for x in (0.18, 0.26, 0.34):
        pen.oval(x, 0.93, 0.05, 0.07, (206, 32, 34))
    pen.oval(0.36, 0.73, 0.04, 0.08, (206, 32, 34))
    pen.poly([(0.36, 0.88), (0.5, 0.83), (0.36, 0.79)], _BEAK)
    pen.oval(0.3, 0.86, 0.022, 0.022, DARK)


def eagle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Wings spread wide."""
    coat: RGB = (92, 64, 42)
    for side in (-1, 1):
        pen.poly([(side * 0.08, 0.66), (side * 0.42, 0.96), (side * 0.94, 0.8), (side * 0.84, 0.68),
                  (side * 0.88, 0.56), (side * 0.72, 0.56), (side * 0.72, 0.42), (side * 0.54, 0.46),
                  (side * 0.48, 0.32), (side * 0.12, 0.4)], coat)  # fmt: skip
        pen.poly(
            [(side * 0.1, 0.64), (side * 0.42, 0.84), (side * 0.7, 0.72), (side * 0.4, 0.62)],
            lighter(coat, 0.2),
        )
    pen.poly([(-0.1, 0.3), (0.1, 0.3), (0.22, 0.0), (0, 0.06), (-0.22, 0.0)], (236, 230, 214))
    pen.oval(0, 0.48, 0.14, 0.26, darker(coat, 0.2))
    pen.oval(0.02, 0.8, 0.11, 0.12, (240, 236, 224))
    pen.poly([(0.08, 0.84), (0.24, 0.76), (0.1, 0.72)], (240, 180, 40))
    pen.oval(0.06, 0.83, 0.025, 0.025, DARK)


def peacock(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Its fan open behind it."""
    green: RGB = (28, 118, 92)
    pen.blob([(0, 0.1), (-0.7, 0.3), (-0.68, 0.74), (-0.34, 0.98), (0.0, 1.0), (0.34, 0.98),
              (0.68, 0.74), (0.7, 0.3)], green)  # fmt: skip
    for reach, count, size in ((0.82, 9, 0.075), (0.56, 7, 0.06)):
        for i in range(count):
            turn = -1.25 + 2.5 * i / (count - 1)
            x, y = reach * 0.78 * math.sin(turn), 0.12 + reach * math.cos(turn)
            pen.line([(0, 0.2), (x, y)], 0.015, lighter(green, 0.3))
            pen.oval(x, y, size, size, (214, 176, 50))
            pen.oval(x, y, size * 0.6, size * 0.6, (30, 60, 160))
    for x in (-0.05, 0.05):
        pen.line([(x, 0.2), (x, 0.0)], 0.03, (110, 90, 60))
    pen.blob([(-0.14, 0.2), (0.0, 0.08), (0.14, 0.2), (0.1, 0.46), (0.06, 0.62), (-0.06, 0.62),
              (-0.1, 0.46)], (24, 70, 176))  # fmt: skip
    pen.oval(0.01, 0.66, 0.07, 0.07, (24, 70, 176))
    for x in (-0.05, 0.0, 0.05):
        pen.line([(0.0, 0.7), (x, 0.8)], 0.012, (24, 70, 176))
        pen.oval(x, 0.81, 0.018, 0.018, (30, 140, 160))
    pen.poly([(0.06, 0.69), (0.15, 0.65), (0.06, 0.63)], (220, 210, 190))
    pen.oval(0.03, 0.68, 0.015, 0.015, (250, 250, 250))


SHAPES: dict[str, Form] = {
    "songbird": songbird, "swan": swan, "owl": owl, "rooster": rooster, "eagle": eagle,
    "peacock": peacock,
}  # fmt: skip
FLYING: dict[str, Form] = {"songbird": songbird_flying}
"""Birds on the wing, where they are not perched."""
