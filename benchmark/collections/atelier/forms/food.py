"""Fruit, bread, cheese and eggs."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import LEAF, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def apple(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(0, 0.76), (-0.24, 0.84), (-0.46, 0.66), (-0.46, 0.34), (-0.22, 0.02), (0, 0.06),
              (0.22, 0.02), (0.46, 0.34), (0.46, 0.66), (0.24, 0.84)], darker(colour, 0.16))  # fmt: skip
    pen.blob(
        [
            (-0.04, 0.74),
            (-0.26, 0.8),
            (-0.42, 0.62),
            (-0.4, 0.34),
            (-0.18, 0.1),
            (0.14, 0.2),
            (0.24, 0.6),
        ],
        colour,
    )
    pen.oval(-0.22, 0.6, 0.1, 0.12, lighter(colour, 0.55))
    pen.oval(0, 0.78, 0.12, 0.04, darker(colour, 0.5))
    pen.curve([(0, 0.76), (0.02, 0.88), (0.1, 1.0)], 0.055, (74, 52, 30))
    pen.blob([(0.06, 0.88), (0.22, 1.02), (0.42, 0.98), (0.26, 0.86)], LEAF)


def pear(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(0, 0.88), (-0.13, 0.82), (-0.16, 0.62), (-0.34, 0.36), (-0.28, 0.08), (0, 0.0),
              (0.28, 0.08), (0.34, 0.36), (0.16, 0.62), (0.13, 0.82)], darker(colour, 0.16))  # fmt: skip
    pen.blob(
        [
            (-0.03, 0.84),
            (-0.1, 0.74),
            (-0.13, 0.6),
            (-0.28, 0.36),
            (-0.2, 0.12),
            (0.08, 0.14),
            (0.1, 0.5),
        ],
        colour,
    )
    pen.oval(-0.14, 0.36, 0.06, 0.11, lighter(colour, 0.55))
    pen.curve([(0, 0.86), (0.02, 0.94), (0.08, 1.02)], 0.05, (74, 52, 30))


def orange(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin: RGB = (240, 138, 32)
    pen.oval(0, 0.48, 0.48, 0.48, darker(skin, 0.16))
    pen.oval(-0.05, 0.52, 0.4, 0.4, skin)
    pen.oval(-0.18, 0.66, 0.1, 0.08, lighter(skin, 0.55))
    for x, y in ((0.1, 0.4), (-0.1, 0.3), (0.22, 0.6), (0.0, 0.56), (-0.26, 0.44), (0.2, 0.24)):
        pen.oval(x, y, 0.02, 0.02, darker(skin, 0.25))
    pen.oval(0.02, 0.88, 0.06, 0.04, (90, 110, 40))
    pen.blob([(0.04, 0.9), (0.2, 1.02), (0.4, 0.96), (0.2, 0.88)], LEAF)


def lemon(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin: RGB = (246, 212, 48)
    pen.blob([(0.68, 0.5), (0.52, 0.62), (0.34, 0.88), (-0.1, 0.98), (-0.48, 0.78), (-0.66, 0.5),
              (-0.48, 0.2), (-0.1, 0.02), (0.34, 0.12), (0.52, 0.38)], darker(skin, 0.14))  # fmt: skip
    pen.blob([(0.4, 0.74), (-0.1, 0.9), (-0.46, 0.7), (-0.54, 0.46), (-0.1, 0.3), (0.4, 0.5)], skin)
    pen.oval(-0.2, 0.72, 0.16, 0.08, lighter(skin, 0.6))


def grapes(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin = (94, 52, 118) if sum(colour) < 160 else (142, 176, 62)
    pen.curve([(0, 0.8), (0.02, 0.9), (0.1, 1.0)], 0.05, WOOD)
    for y, count in ((0.74, 4), (0.58, 5), (0.42, 4), (0.27, 3), (0.13, 2), (0.04, 1)):
        for i in range(count):
            x = (i - (count - 1) / 2) * 0.19
            pen.oval(x, y, 0.11, 0.105, darker(skin, 0.25))
            pen.oval(x - 0.015, y + 0.015, 0.09, 0.085, skin)
            pen.oval(x - 0.04, y + 0.04, 0.028, 0.026, lighter(skin, 0.6))
    pen.blob([(0.0, 0.84), (-0.12, 1.0), (-0.36, 0.98), (-0.4, 0.82), (-0.2, 0.78)], LEAF)


def cherry(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin: RGB = (176, 20, 40)
    pen.curve([(0, 0.48), (0.04, 0.74), (0.24, 1.0)], 0.05, (86, 110, 44))
    pen.blob([(0.2, 0.96), (0.02, 1.02), (-0.2, 0.92), (0.0, 0.86)], LEAF)
    pen.oval(0, 0.28, 0.31, 0.28, darker(skin, 0.2))
    pen.oval(-0.03, 0.3, 0.26, 0.23, skin)
    pen.oval(-0.12, 0.38, 0.07, 0.06, lighter(skin, 0.65))


def bread(pen: Pen, colour: RGB, look: Circumstances) -> None:
    crust: RGB = (196, 132, 66)
    pen.blob([(-0.92, 0.3), (-0.8, 0.72), (-0.4, 0.96), (0.4, 0.98), (0.8, 0.74), (0.94, 0.3),
              (0.6, 0.02), (-0.6, 0.02)], darker(crust, 0.18))  # fmt: skip
    pen.blob(
        [(-0.82, 0.4), (-0.66, 0.76), (0.0, 0.92), (0.66, 0.78), (0.8, 0.42), (0.0, 0.3)], crust
    )
    for x in (-0.5, -0.16, 0.18, 0.52):
        pen.blob(
            [(x - 0.12, 0.5), (x - 0.02, 0.84), (x + 0.1, 0.86), (x + 0.02, 0.5)], (244, 216, 160)
        )


def cheese(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A wedge with holes."""
    paste: RGB = (248, 206, 84)
    pen.poly([(-0.74, 0.5), (0.36, 0.98), (0.74, 0.6), (0.74, 0.55)], lighter(paste, 0.35))
    pen.poly([(-0.74, 0.5), (0.74, 0.6), (0.74, 0.06), (-0.74, 0.0)], paste)
    pen.poly([(-0.74, 0.06), (0.74, 0.12), (0.74, 0.06), (-0.74, 0.0)], darker(paste, 0.25))
    for x, y, r in (
        (-0.5, 0.28, 0.08),
        (-0.2, 0.4, 0.07),
        (0.02, 0.2, 0.1),
        (0.3, 0.42, 0.08),
        (0.54, 0.24, 0.09),
        (0.1, 0.72, 0.07),
    ):
        pen.oval(x, y, r, r * 0.9, darker(paste, 0.32))


def egg(pen: Pen, colour: RGB, look: Circumstances) -> None:
    shell = (198, 140, 96) if sum(colour) < 500 else (246, 240, 226)
    pen.blob([(0, 1.0), (-0.22, 0.84), (-0.36, 0.46), (-0.26, 0.1), (0, 0.0), (0.26, 0.1), (0.36, 0.46),
              (0.22, 0.84)], darker(shell, 0.18))  # fmt: skip
    pen.blob(
        [(-0.02, 0.94), (-0.2, 0.78), (-0.3, 0.46), (-0.18, 0.14), (0.1, 0.2), (0.16, 0.6)], shell
    )
    pen.oval(-0.13, 0.66, 0.06, 0.11, (255, 255, 252))


SHAPES: dict[str, Form] = {
    "apple": apple, "pear": pear, "orange": orange, "lemon": lemon, "bunch of grapes": grapes,
    "cherry": cherry, "loaf of bread": bread, "cheese": cheese, "egg": egg,
}  # fmt: skip
