"""Wild, swimming, creeping and fabulous animals."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, Form, eye
from benchmark.collections.atelier.forms.quadrupeds import legs
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def deer(pen: Pen, colour: RGB, look: Circumstances) -> None:
    coat: RGB = (160, 104, 62)
    for lean in (-0.06, 0.07):
        pen.curve([(0.3, 0.74), (0.28 + lean, 0.86), (0.3 + 2 * lean, 0.99)], 0.026, (92, 66, 42))
        for y, reach in ((0.83, 0.1), (0.91, 0.11)):
            side = 1 if lean > 0 else -1
            pen.line(
                [(0.29 + lean, y), (0.29 + lean + side * reach, y + 0.08)], 0.022, (92, 66, 42)
            )
    legs(pen, (-0.36, -0.27, 0.08, 0.18), 0.34, 0.035, coat)
    pen.blob(
        [(0.22, 0.5), (0.2, 0.34), (0.0, 0.31), (-0.26, 0.31), (-0.4, 0.38), (-0.38, 0.5),
         (-0.1, 0.52), (0.08, 0.56), (0.2, 0.7), (0.26, 0.76), (0.34, 0.74), (0.48, 0.66),
         (0.46, 0.61), (0.32, 0.62)], coat)  # fmt: skip
    pen.blob(
        [(-0.34, 0.36), (-0.1, 0.36), (0.16, 0.38), (0.0, 0.31), (-0.24, 0.31)], lighter(coat, 0.5)
    )
    pen.oval(-0.4, 0.46, 0.05, 0.06, (246, 240, 226))
    pen.blob([(0.22, 0.76), (0.12, 0.8), (0.18, 0.7)], darker(coat, 0.2))
    pen.oval(0.46, 0.64, 0.025, 0.022, DARK)
    eye(pen, 0.34, 0.7, 0.018, coat)


def lion(pen: Pen, colour: RGB, look: Circumstances) -> None:
    coat: RGB = (216, 164, 84)
    mane: RGB = (140, 80, 34)
    pen.curve([(-0.56, 0.56), (-0.78, 0.5), (-0.72, 0.8)], 0.06, coat)
    pen.oval(-0.71, 0.84, 0.08, 0.08, mane)
    legs(pen, (-0.5, -0.34, 0.16, 0.32), 0.36, 0.075, coat)
    pen.blob([(0.3, 0.76), (0.34, 0.36), (0.0, 0.3), (-0.4, 0.3), (-0.6, 0.42), (-0.58, 0.64),
              (-0.2, 0.68)], coat)  # fmt: skip
    for x, y in ((0.16, 0.76), (0.2, 0.56), (0.3, 0.42), (0.46, 0.4), (0.6, 0.46), (0.66, 0.66),
                 (0.6, 0.86), (0.42, 0.94), (0.26, 0.9)):  # fmt: skip
        pen.oval(x, y, 0.14, 0.13, mane)
    pen.oval(0.42, 0.66, 0.26, 0.26, mane)
    pen.oval(0.47, 0.68, 0.18, 0.19, coat)
    for x in (0.36, 0.58):
        pen.oval(x, 0.87, 0.05, 0.05, darker(coat, 0.2))
    for x in (0.41, 0.55):
        pen.oval(x, 0.73, 0.025, 0.025, DARK)
    pen.oval(0.48, 0.59, 0.1, 0.08, lighter(coat, 0.5))
    pen.poly([(0.43, 0.66), (0.53, 0.66), (0.48, 0.6)], (90, 50, 40))
    pen.line([(0.48, 0.6), (0.48, 0.55)], 0.02, (90, 50, 40))


def fish(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """On its side, on a plate."""
    pen.oval(0, 0.26, 1.3, 0.28, (188, 186, 180))
    pen.oval(0, 0.3, 1.2, 0.23, (240, 238, 230))
    pen.blob(
        [(-0.66, 0.54), (-1.1, 0.96), (-1.0, 0.55), (-1.1, 0.14), (-0.66, 0.46)],
        darker(colour, 0.25),
    )
    pen.blob([(-0.3, 0.8), (0.0, 1.02), (0.34, 0.8)], darker(colour, 0.35))
    pen.blob([(1.0, 0.56), (0.6, 0.84), (0.0, 0.88), (-0.7, 0.58), (-0.7, 0.46), (0.0, 0.22),
              (0.6, 0.28)], colour)  # fmt: skip
    pen.blob(
        [(0.9, 0.46), (0.2, 0.34), (-0.6, 0.46), (0.0, 0.24), (0.6, 0.28)], lighter(colour, 0.45)
    )
    pen.curve([(0.52, 0.8), (0.42, 0.56), (0.52, 0.32)], 0.05, darker(colour, 0.45))
    for x in (-0.36, -0.1, 0.16):
        for y in (0.48, 0.66):
            pen.curve(
                [(x + 0.06, y + 0.1), (x - 0.02, y), (x + 0.06, y - 0.1)],
                0.035,
                darker(colour, 0.25),
            )
    pen.oval(0.74, 0.62, 0.085, 0.085, (250, 248, 240))
    pen.oval(0.75, 0.62, 0.045, 0.045, DARK)


def butterfly(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for side in (-1, 1):
        pen.blob([(0, 0.5), (side * 0.3, 1.0), (side * 0.64, 0.96), (side * 0.6, 0.56)], colour)
        pen.blob(
            [(0, 0.5), (side * 0.52, 0.5), (side * 0.5, 0.1), (side * 0.2, 0.06)],
            darker(colour, 0.22),
        )
        pen.oval(side * 0.44, 0.78, 0.1, 0.1, lighter(colour, 0.6) if sum(colour) < 600 else DARK)
        pen.oval(side * 0.34, 0.28, 0.07, 0.07, DARK)
        pen.curve([(0, 0.8), (side * 0.1, 0.96), (side * 0.18, 1.04)], 0.025, DARK)
    pen.oval(0, 0.46, 0.05, 0.36, DARK)


def snake(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Coiled, its head raised."""
    for y, reach in ((0.1, 0.8), (0.26, 0.62), (0.4, 0.42)):
        pen.oval(-0.1, y, reach, 0.13, darker(colour, 0.3))
        pen.oval(-0.1, y + 0.03, reach * 0.97, 0.1, colour)
        for i in range(-2, 3):
            pen.oval(-0.1 + i * reach * 0.36, y + 0.03, 0.06, 0.045, lighter(colour, 0.4))
    pen.curve([(-0.2, 0.42), (0.1, 0.56), (0.0, 0.76), (0.3, 0.86)], 0.15, colour)
    pen.oval(0.4, 0.87, 0.2, 0.12, colour)
    pen.oval(0.44, 0.91, 0.03, 0.03, (250, 230, 90))
    pen.line([(0.58, 0.85), (0.78, 0.83), (0.88, 0.88)], 0.03, (210, 40, 40))


def dragon(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(-0.3, 0.26), (-0.6, 0.2), (-0.72, 0.44), (-0.56, 0.56)], 0.1, colour)
    pen.poly([(-0.66, 0.56), (-0.46, 0.56), (-0.54, 0.74)], darker(colour, 0.3))
    for fan in (-0.1, 0.12):
        pen.poly([(0.0 + fan, 0.46), (-0.56 + fan * 2, 1.0), (-0.3 + fan * 2, 0.78), (-0.16 + fan, 0.98),
                  (-0.02 + fan, 0.76), (0.18 + fan, 0.94), (0.14 + fan, 0.5)], darker(colour, 0.3 + fan))  # fmt: skip
    legs(pen, (-0.24, -0.12, 0.16, 0.27), 0.26, 0.06, colour)
    pen.blob([(-0.36, 0.3), (-0.26, 0.5), (0.1, 0.54), (0.28, 0.62), (0.4, 0.8), (0.54, 0.86),
              (0.74, 0.76), (0.72, 0.66), (0.54, 0.68), (0.44, 0.5), (0.34, 0.24), (0.0, 0.16),
              (-0.26, 0.18)], colour)  # fmt: skip
    pen.blob([(0.4, 0.46), (0.3, 0.22), (-0.1, 0.16), (0.1, 0.28)], lighter(colour, 0.5))
    for x, y in ((-0.2, 0.52), (0.02, 0.56), (0.22, 0.64), (0.36, 0.8)):
        pen.poly([(x - 0.06, y - 0.04), (x, y + 0.1), (x + 0.06, y)], (240, 196, 70))
    pen.poly([(0.46, 0.86), (0.38, 1.0), (0.54, 0.88)], (236, 222, 190))
    pen.oval(0.56, 0.78, 0.03, 0.03, (255, 240, 120))
    pen.blob([(0.72, 0.7), (0.96, 0.82), (0.88, 0.7), (0.98, 0.62), (0.82, 0.62)], (246, 130, 30))


def lobster(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Red, on a plate, seen from above."""
    red: RGB = (206, 52, 34)
    pen.oval(0, 0.36, 1.15, 0.36, (186, 188, 192))
    pen.oval(0, 0.4, 1.06, 0.3, (236, 238, 238))
    for side in (-1, 1):
        y = 0.5 + side * 0.12
        for x in (0.0, 0.14, 0.28):
            pen.line([(x, y), (x + 0.06, y + side * 0.2)], 0.04, darker(red))
        pen.curve([(0.36, y), (0.6, 0.5 + side * 0.36), (0.76, 0.5 + side * 0.3)], 0.07, red)
        pen.blob([(0.7, 0.5 + side * 0.24), (0.86, 0.5 + side * 0.42), (1.14, 0.5 + side * 0.3),
                  (0.94, 0.5 + side * 0.26), (1.08, 0.5 + side * 0.14), (0.82, 0.5 + side * 0.12)], red)  # fmt: skip
        pen.curve(
            [(0.5, 0.5 + side * 0.05), (0.9, 0.5 + side * 0.02), (1.1, 0.5 + side * 0.06)],
            0.03,
            red,
        )
    pen.oval(0.26, 0.5, 0.32, 0.17, red)
    for i in range(5):
        pen.oval(-0.1 - i * 0.15, 0.5, 0.13, 0.17 - i * 0.02, darker(red, 0.12 * (i % 2)))
    for y in (0.36, 0.5, 0.64):
        pen.oval(-0.84, y, 0.14, 0.09, red)
    pen.oval(0.26, 0.56, 0.2, 0.05, lighter(red, 0.4))
    for y in (0.45, 0.55):
        pen.oval(0.54, y, 0.03, 0.03, DARK)


SHAPES: dict[str, Form] = {
    "deer": deer, "lion": lion, "fish": fish, "butterfly": butterfly, "snake": snake,
    "dragon": dragon, "lobster": lobster,
}  # fmt: skip
