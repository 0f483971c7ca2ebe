"""Horses and other farm and house animals, in profile, facing right."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, Form, eye
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter, mix

SADDLE: dict[str, tuple[float, float]] = {"horse": (-0.04, 0.64), "donkey": (-0.06, 0.6)}
"""Where a rider sits."""


def legs(pen: Pen, xs: tuple[float, ...], top: float, width: float, colour: RGB) -> None:
    """Straight legs from `top` to the ground, the farther ones in shade."""
    for i, x in enumerate(xs):
        shade = darker(colour, 0.34) if i % 2 else colour
        foot = width * 0.55
        pen.poly([(x - width, top), (x + width, top), (x + foot, 0.03), (x - foot, 0.03)], shade)
        pen.box(x + 0.01, 0.0, width * 1.5, 0.06, DARK)


def horse(pen: Pen, colour: RGB, look: Circumstances) -> None:
    mane = darker(colour, 0.62) if sum(colour) > 180 else mix(colour, (110, 100, 96), 0.5)
    pen.curve([(-0.44, 0.62), (-0.58, 0.52), (-0.6, 0.3), (-0.56, 0.16)], 0.1, mane)
    legs(pen, (-0.36, -0.25, 0.2, 0.31), 0.44, 0.06, colour)
    pen.blob(
        [(0.64, 0.74), (0.58, 0.68), (0.48, 0.74), (0.4, 0.66), (0.36, 0.5), (0.26, 0.39),
         (0.0, 0.37), (-0.3, 0.36), (-0.46, 0.44), (-0.46, 0.6), (-0.28, 0.67), (0.0, 0.63),
         (0.17, 0.66), (0.28, 0.8), (0.38, 0.95), (0.47, 0.95), (0.58, 0.85)], colour)  # fmt: skip
    pen.blob([(-0.42, 0.45), (-0.1, 0.4), (0.26, 0.41), (0.0, 0.36), (-0.3, 0.36)], darker(colour))
    pen.poly([(0.4, 0.93), (0.41, 1.02), (0.47, 0.94)], darker(colour, 0.2))
    pen.blob([(0.4, 0.97), (0.28, 0.86), (0.16, 0.68), (0.1, 0.58), (0.2, 0.6), (0.3, 0.76)], mane)
    eye(pen, 0.47, 0.87, 0.022, colour)
    pen.oval(0.6, 0.74, 0.016, 0.016, darker(colour, 0.6))


def donkey(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(-0.44, 0.58), (-0.52, 0.36)], 0.035, darker(colour, 0.4))
    pen.oval(-0.53, 0.32, 0.035, 0.07, DARK)
    legs(pen, (-0.36, -0.25, 0.16, 0.27), 0.4, 0.055, colour)
    pen.blob(
        [(0.6, 0.66), (0.52, 0.6), (0.4, 0.64), (0.32, 0.46), (0.2, 0.36), (-0.3, 0.34),
         (-0.45, 0.42), (-0.44, 0.58), (-0.2, 0.61), (0.1, 0.6), (0.24, 0.74), (0.36, 0.86),
         (0.5, 0.8)], colour)  # fmt: skip
    for x in (0.3, 0.38):
        pen.blob(
            [(x, 0.8), (x - 0.08, 1.0), (x - 0.03, 1.06), (x + 0.05, 0.84)], darker(colour, 0.2)
        )
    pen.oval(0.56, 0.66, 0.07, 0.06, lighter(colour, 0.6))
    pen.blob(
        [(-0.3, 0.4), (0.0, 0.38), (0.16, 0.4), (0.0, 0.34), (-0.2, 0.34)], lighter(colour, 0.4)
    )
    pen.curve([(0.26, 0.82), (0.14, 0.66), (0.06, 0.6)], 0.05, darker(colour, 0.55))
    eye(pen, 0.42, 0.77, 0.024, colour)


def cow(pen: Pen, colour: RGB, look: Circumstances) -> None:
    patch = (240, 236, 226) if sum(colour) < 500 else (70, 52, 44)
    pen.curve([(-0.64, 0.74), (-0.74, 0.6), (-0.7, 0.32)], 0.04, darker(colour))
    pen.oval(-0.7, 0.28, 0.05, 0.08, DARK)
    legs(pen, (-0.54, -0.4, 0.24, 0.37), 0.36, 0.07, colour)
    pen.oval(-0.3, 0.3, 0.09, 0.07, (226, 160, 150))
    pen.blob(
        [(0.44, 0.66), (0.4, 0.4), (0.2, 0.3), (-0.3, 0.3), (-0.62, 0.36), (-0.66, 0.7),
         (-0.5, 0.82), (0.0, 0.8), (0.36, 0.84)], colour)  # fmt: skip
    pen.blob([(-0.4, 0.82), (-0.14, 0.8), (-0.06, 0.6), (-0.24, 0.48), (-0.42, 0.6)], patch)
    pen.blob([(0.1, 0.5), (0.3, 0.56), (0.34, 0.36), (0.14, 0.32)], patch)
    pen.curve([(0.46, 0.94), (0.42, 1.04), (0.5, 1.08)], 0.04, (236, 226, 200))
    pen.curve([(0.66, 0.96), (0.74, 1.04), (0.68, 1.1)], 0.04, (236, 226, 200))
    pen.blob([(0.4, 0.9), (0.32, 0.84), (0.44, 0.82)], darker(colour, 0.3))
    pen.blob(
        [(0.44, 0.94), (0.66, 0.98), (0.76, 0.82), (0.8, 0.6), (0.62, 0.56), (0.48, 0.7)], colour
    )
    pen.oval(0.71, 0.62, 0.11, 0.085, (228, 184, 168))
    eye(pen, 0.62, 0.84, 0.03, colour)


def dog(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(-0.48, 0.56), (-0.66, 0.68), (-0.7, 0.92)], 0.09, colour)
    legs(pen, (-0.44, -0.32, 0.14, 0.26), 0.42, 0.065, colour)
    pen.blob(
        [(0.34, 0.72), (0.36, 0.44), (0.2, 0.34), (-0.2, 0.4), (-0.48, 0.38), (-0.52, 0.56),
         (-0.3, 0.64), (0.1, 0.62)], colour)  # fmt: skip
    pen.blob([(0.1, 0.56), (0.36, 0.44), (0.54, 0.74), (0.3, 0.9)], colour)
    pen.blob([(0.3, 0.92), (0.48, 0.99), (0.62, 0.88), (0.8, 0.8), (0.8, 0.7), (0.5, 0.66)], colour)
    pen.oval(0.8, 0.78, 0.055, 0.05, DARK)
    pen.blob(
        [(0.3, 0.95), (0.4, 0.94), (0.42, 0.66), (0.3, 0.6), (0.24, 0.74)], darker(colour, 0.42)
    )
    eye(pen, 0.53, 0.87, 0.03, colour)
    pen.line([(0.22, 0.68), (0.44, 0.58)], 0.06, (196, 42, 40))


def cat(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A sitting cat, its face towards us."""
    pen.curve([(-0.3, 0.1), (-0.6, 0.1), (-0.64, 0.36), (-0.5, 0.5)], 0.11, darker(colour, 0.16))
    pen.blob(
        [(-0.42, 0.02), (-0.44, 0.3), (-0.2, 0.56), (0.2, 0.62), (0.32, 0.3), (0.34, 0.02)], colour
    )
    for x in (0.08, 0.26):
        pen.blob(
            [(x - 0.08, 0.4), (x + 0.08, 0.4), (x + 0.1, 0.0), (x - 0.1, 0.0)], lighter(colour, 0.1)
        )
    pen.blob([(-0.4, 0.02), (-0.36, 0.26), (-0.12, 0.26), (-0.04, 0.02)], darker(colour, 0.2))
    for x in (0.02, 0.36):
        pen.poly([(x - 0.1, 0.8), (x + (0.03 if x > 0.2 else -0.03), 1.02), (x + 0.1, 0.8)], colour)
        pen.poly([(x - 0.04, 0.82), (x, 0.94), (x + 0.05, 0.82)], (216, 150, 146))
    pen.oval(0.19, 0.7, 0.27, 0.22, colour)
    for x in (0.09, 0.29):
        pen.oval(x, 0.73, 0.055, 0.05, (188, 200, 70))
        pen.oval(x, 0.73, 0.02, 0.048, (20, 20, 20))
    pen.poly([(0.15, 0.65), (0.23, 0.65), (0.19, 0.6)], (214, 120, 120))
    ink = (240, 240, 236) if sum(colour) < 300 else (60, 52, 48)
    for y in (0.6, 0.55):
        pen.line([(-0.12, y + 0.02), (0.1, y)], 0.014, ink)
        pen.line([(0.28, y), (0.5, y + 0.02)], 0.014, ink)


def sheep(pen: Pen, colour: RGB, look: Circumstances) -> None:
    face = (62, 52, 50) if sum(colour) > 300 else (150, 136, 124)
    legs(pen, (-0.38, -0.24, 0.16, 0.3), 0.36, 0.05, face)
    wool = darker(colour, 0.14) if sum(colour) > 300 else lighter(colour, 0.1)
    for x, y in ((-0.42, 0.5), (-0.3, 0.72), (-0.05, 0.8), (0.2, 0.74), (0.34, 0.52), (0.2, 0.34),
                 (-0.08, 0.3), (-0.34, 0.34)):  # fmt: skip
        pen.oval(x, y, 0.17, 0.16, wool)
    pen.oval(-0.04, 0.56, 0.4, 0.27, colour)
    for x, y in ((-0.24, 0.64), (0.0, 0.7), (0.16, 0.58), (-0.08, 0.5), (-0.3, 0.5)):
        pen.curve([(x - 0.07, y), (x, y + 0.06), (x + 0.07, y)], 0.03, wool)
    pen.blob(
        [(0.3, 0.84), (0.46, 0.92), (0.58, 0.8), (0.66, 0.6), (0.54, 0.54), (0.38, 0.66)], face
    )
    pen.blob([(0.34, 0.86), (0.22, 0.78), (0.3, 0.72), (0.4, 0.8)], darker(face, 0.3))
    pen.oval(0.4, 0.93, 0.12, 0.08, colour)
    pen.oval(0.53, 0.77, 0.03, 0.03, (240, 236, 220))


def pig(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pink: RGB = (232, 168, 160)
    pen.curve([(-0.66, 0.6), (-0.78, 0.66), (-0.74, 0.76), (-0.68, 0.68)], 0.04, darker(pink))
    legs(pen, (-0.48, -0.3, 0.2, 0.36), 0.34, 0.09, pink)
    pen.blob(
        [(-0.68, 0.56), (-0.56, 0.26), (-0.1, 0.18), (0.36, 0.26), (0.5, 0.5), (0.4, 0.84),
         (-0.1, 0.94), (-0.54, 0.84)], pink)  # fmt: skip
    pen.blob([(-0.5, 0.34), (0.0, 0.28), (0.36, 0.34), (0.1, 0.2), (-0.3, 0.2)], darker(pink, 0.2))
    pen.oval(0.5, 0.6, 0.24, 0.26, lighter(pink, 0.1))
    pen.poly([(0.28, 0.78), (0.34, 1.0), (0.54, 0.84)], darker(pink, 0.2))
    pen.oval(0.74, 0.54, 0.09, 0.13, darker(pink, 0.16))
    for y in (0.57, 0.49):
        pen.oval(0.77, y, 0.02, 0.03, darker(pink, 0.6))
    pen.oval(0.56, 0.7, 0.03, 0.035, DARK)


def rabbit(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(-0.42, 0.22, 0.11, 0.11, lighter(colour, 0.6))
    pen.blob([(-0.42, 0.04), (-0.44, 0.34), (-0.16, 0.52), (0.2, 0.46), (0.3, 0.04)], colour)
    pen.oval(-0.2, 0.2, 0.22, 0.2, darker(colour, 0.16))
    pen.blob([(-0.24, 0.0), (-0.2, 0.1), (0.1, 0.09), (0.12, 0.0)], lighter(colour, 0.14))
    for x, lean in ((0.12, -0.1), (0.26, -0.02)):
        pen.blob([(x - 0.05, 0.64), (x + lean - 0.06, 0.86), (x + lean, 1.0), (x + lean + 0.07, 0.86),
                  (x + 0.07, 0.64)], colour)  # fmt: skip
        pen.blob([(x - 0.01, 0.68), (x + lean - 0.01, 0.84), (x + lean + 0.01, 0.92), (x + 0.03, 0.7)],
                 (222, 160, 154))  # fmt: skip
    pen.oval(0.26, 0.56, 0.2, 0.17, colour)
    eye(pen, 0.31, 0.6, 0.035, colour)
    pen.oval(0.45, 0.54, 0.03, 0.025, (214, 120, 120))
    pen.line([(0.4, 0.5), (0.52, 0.46)], 0.015, darker(colour, 0.5))


SHAPES: dict[str, Form] = {
    "horse": horse, "donkey": donkey, "cow": cow, "dog": dog, "cat": cat, "sheep": sheep,
    "pig": pig, "rabbit": rabbit,
}  # fmt: skip
