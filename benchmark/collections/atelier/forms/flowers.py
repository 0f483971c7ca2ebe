"""Single flowers on their stems."""

from __future__ import annotations

import math

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import LEAF, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_HEART: RGB = (240, 192, 50)


def _stem(pen: Pen, top: float) -> None:
    pen.curve([(0, 0), (0.02, top * 0.5), (0, top)], 0.04, darker(LEAF, 0.1))
    pen.blob([(0.01, 0.26), (0.14, 0.46), (0.18, 0.6), (0.06, 0.46)], LEAF)


def _petals(pen: Pen, y: float, reach: float, size: float, count: int, colour: RGB) -> None:
    for i in range(count):
        turn = 2 * math.pi * i / count + 0.3
        dx, dy = math.cos(turn), math.sin(turn)
        side = (-dy * size, dx * size)
        middle = (dx * reach * 0.6, y + dy * reach * 0.6)
        tone = darker(colour, 0.14) if dy < -0.2 else colour
        pen.blob([(0, y), (middle[0] + side[0], middle[1] + side[1]), (dx * reach, y + dy * reach),
                  (middle[0] - side[0], middle[1] - side[1])], tone)  # fmt: skip


def daisy(pen: Pen, colour: RGB, look: Circumstances) -> None:
    _stem(pen, 0.8)
    _petals(pen, 0.8, 0.2, 0.05, 10, (250, 248, 240))
    pen.oval(0, 0.8, 0.075, 0.075, _HEART)


def rose(pen: Pen, colour: RGB, look: Circumstances) -> None:
    _stem(pen, 0.76)
    for x, y, r in (
        (-0.1, 0.78, 0.1),
        (0.1, 0.78, 0.1),
        (0, 0.7, 0.1),
        (-0.06, 0.89, 0.1),
        (0.07, 0.89, 0.1),
    ):
        pen.oval(x, y, r, r, darker(colour, 0.22))
    pen.oval(0, 0.81, 0.145, 0.14, colour)
    for turn, reach in ((0.0, 0.12), (2.1, 0.1), (4.2, 0.08)):
        arc = [
            (reach * math.cos(turn + t * 0.5), 0.81 + reach * math.sin(turn + t * 0.5))
            for t in range(6)
        ]
        pen.curve(arc, 0.026, darker(colour, 0.42))
    pen.oval(0.0, 0.81, 0.035, 0.035, darker(colour, 0.5))


def tulip(pen: Pen, colour: RGB, look: Circumstances) -> None:
    _stem(pen, 0.64)
    pen.blob([(-0.02, 0.02), (-0.16, 0.3), (-0.14, 0.52), (-0.04, 0.3)], LEAF)
    pen.blob(
        [(0, 0.62), (-0.15, 0.7), (-0.17, 0.98), (-0.07, 0.88), (0, 0.72)], darker(colour, 0.16)
    )
    pen.blob([(0, 0.62), (0.15, 0.7), (0.17, 0.98), (0.07, 0.88), (0, 0.72)], darker(colour, 0.26))
    pen.blob([(0, 0.6), (-0.1, 0.72), (0.0, 1.0), (0.1, 0.72)], colour)
    pen.curve([(-0.03, 0.68), (-0.03, 0.8), (0.0, 0.92)], 0.02, lighter(colour, 0.5))


def sunflower(pen: Pen, colour: RGB, look: Circumstances) -> None:
    _stem(pen, 0.74)
    pen.blob([(-0.01, 0.3), (-0.2, 0.44), (-0.24, 0.34), (-0.1, 0.26)], LEAF)
    _petals(pen, 0.76, 0.25, 0.05, 14, (246, 184, 28))
    pen.oval(0, 0.76, 0.125, 0.125, (96, 58, 24))
    for x, y in ((-0.04, 0.8), (0.05, 0.79), (0.0, 0.72), (0.06, 0.72), (-0.06, 0.73)):
        pen.oval(x, y, 0.018, 0.018, (150, 100, 44))


def lily(pen: Pen, colour: RGB, look: Circumstances) -> None:
    _stem(pen, 0.8)
    for x, y in ((-0.1, 0.62), (0.1, 0.7), (0.0, 0.88)):
        own = pen.at(x, y - 0.06, 0.22)
        own.blob(
            [(0, 0), (-0.55, 0.75), (-0.3, 0.7), (0, 1.1), (0.3, 0.7), (0.55, 0.75)],
            (250, 248, 242),
        )
        own.blob([(0, 0.0), (-0.14, 0.6), (0, 1.0), (0.14, 0.6)], (226, 224, 214))
        for dx in (-0.12, 0.0, 0.12):
            own.line([(0, 0.4), (dx, 0.86)], 0.05, (232, 160, 40))
    for y in (0.36, 0.5):
        pen.blob([(0, y), (-0.14, y + 0.1), (-0.02, y + 0.05)], LEAF)


SHAPES: dict[str, Form] = {
    "daisy": daisy, "rose": rose, "tulip": tulip, "sunflower": sunflower, "lily": lily,
}  # fmt: skip
