"""Vases, jugs, glasses, bowls, baskets and bottles."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def vase(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.box(0, 0, 0.34, 0.05, darker(colour, 0.35))
    pen.blob([(-0.17, 0.02), (-0.36, 0.36), (-0.3, 0.64), (-0.13, 0.8), (-0.14, 0.9), (-0.22, 1.0),
              (0.22, 1.0), (0.14, 0.9), (0.13, 0.8), (0.3, 0.64), (0.36, 0.36), (0.17, 0.02)], colour)  # fmt: skip
    pen.blob([(0.06, 0.02), (0.2, 0.4), (0.06, 0.98), (0.22, 1.0), (0.13, 0.8), (0.3, 0.64), (0.36, 0.36),
              (0.17, 0.02)], darker(colour, 0.24))  # fmt: skip
    band = lighter(colour, 0.5) if sum(colour) < 560 else darker(colour, 0.45)
    pen.curve([(-0.35, 0.42), (0, 0.37), (0.35, 0.42)], 0.05, band)
    for x in (-0.2, 0.0, 0.2):
        pen.oval(x, 0.53, 0.04, 0.05, band)
    pen.oval(-0.2, 0.6, 0.04, 0.09, lighter(colour, 0.6))
    pen.oval(0, 0.99, 0.21, 0.04, darker(colour, 0.5))


def jug(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(0.22, 0.84), (0.46, 0.78), (0.44, 0.46), (0.24, 0.36)], 0.08, darker(colour, 0.2))
    pen.blob([(-0.2, 0.02), (-0.34, 0.34), (-0.26, 0.62), (-0.17, 0.78), (-0.2, 0.92), (-0.34, 1.0),
              (0.2, 0.98), (0.17, 0.78), (0.24, 0.62), (0.32, 0.34), (0.18, 0.02)], colour)  # fmt: skip
    pen.blob(
        [
            (0.06, 0.02),
            (0.16, 0.4),
            (0.08, 0.94),
            (0.2, 0.98),
            (0.17, 0.78),
            (0.32, 0.34),
            (0.18, 0.02),
        ],
        darker(colour, 0.22),
    )
    pen.oval(-0.18, 0.5, 0.05, 0.12, lighter(colour, 0.55))
    pen.curve([(-0.3, 0.97), (-0.05, 0.93), (0.18, 0.96)], 0.045, darker(colour, 0.45))


def glass(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A goblet of red wine."""
    clear: RGB = (206, 218, 224)
    pen.oval(0, 0.04, 0.2, 0.045, clear)
    pen.line([(0, 0.05), (0, 0.42)], 0.045, clear)
    pen.blob(
        [(-0.2, 1.0), (-0.24, 0.7), (-0.12, 0.44), (0.12, 0.44), (0.24, 0.7), (0.2, 1.0)], clear
    )
    pen.blob(
        [(-0.21, 0.78), (-0.2, 0.64), (-0.1, 0.48), (0.1, 0.48), (0.2, 0.64), (0.21, 0.78)],
        (138, 22, 44),
    )
    pen.oval(0, 0.79, 0.21, 0.04, (176, 46, 66))
    pen.line([(-0.15, 0.62), (-0.16, 0.92)], 0.035, (255, 255, 255))
    pen.oval(0, 1.0, 0.2, 0.03, (236, 242, 246))


def bowl(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.box(0, 0, 0.6, 0.12, darker(colour, 0.4))
    pen.blob(
        [(-0.84, 0.9), (-0.66, 0.36), (-0.3, 0.08), (0.3, 0.08), (0.66, 0.36), (0.84, 0.9)], colour
    )
    pen.blob(
        [(0.1, 0.1), (0.5, 0.5), (0.5, 0.86), (0.84, 0.9), (0.66, 0.36), (0.3, 0.08)],
        darker(colour, 0.24),
    )
    pen.oval(0, 0.88, 0.84, 0.13, lighter(colour, 0.3) if sum(colour) < 600 else (214, 210, 200))
    pen.oval(0, 0.87, 0.74, 0.095, darker(colour, 0.5))
    pen.curve(
        [(-0.66, 0.5), (0, 0.38), (0.66, 0.5)],
        0.07,
        lighter(colour, 0.6) if sum(colour) < 560 else (70, 100, 170),
    )


def basket(pen: Pen, colour: RGB, look: Circumstances) -> None:
    straw: RGB = (190, 138, 74)
    pen.curve(
        [(-0.44, 0.5), (-0.34, 0.9), (0, 1.02), (0.34, 0.9), (0.44, 0.5)], 0.07, darker(straw, 0.2)
    )
    pen.poly([(-0.54, 0.54), (0.54, 0.54), (0.42, 0.0), (-0.42, 0.0)], straw)
    for row in range(4):
        for i in range(7):
            x = (i - 3 + 0.5 * (row % 2)) * 0.15
            pen.line(
                [(x - 0.05, 0.07 + 0.12 * row), (x + 0.06, 0.07 + 0.12 * row)],
                0.05,
                darker(straw, 0.35),
            )
    pen.line([(-0.56, 0.54), (0.56, 0.54)], 0.09, darker(straw, 0.12))


def bottle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    tone = darker(colour, 0.25)
    pen.blob([(-0.15, 0.0), (-0.16, 0.5), (-0.07, 0.68), (-0.055, 0.95), (0.055, 0.95), (0.07, 0.68),
              (0.16, 0.5), (0.15, 0.0)], tone)  # fmt: skip
    pen.box(0, 0.9, 0.13, 0.05, darker(tone, 0.4))
    pen.box(0, 0.95, 0.08, 0.05, (204, 164, 110))
    pen.box(0, 0.17, 0.3, 0.24, (240, 230, 202))
    pen.line([(-0.09, 0.32), (0.09, 0.32)], 0.03, (130, 60, 50))
    pen.line([(-0.09, 0.24), (0.09, 0.24)], 0.02, (120, 110, 100))
    pen.line([(-0.1, 0.45), (-0.1, 0.54), (-0.03, 0.7)], 0.03, lighter(colour, 0.65))


SHAPES: dict[str, Form] = {
    "vase": vase, "jug": jug, "glass": glass, "bowl": bowl, "basket": basket, "bottle": bottle,
}  # fmt: skip
