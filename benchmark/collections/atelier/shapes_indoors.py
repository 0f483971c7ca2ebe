"""How the things of a table look. One unit is the thing's height."""

from __future__ import annotations

from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_STEM: RGB = (74, 52, 30)
_LEAF: RGB = (62, 118, 52)
_BONE: RGB = (228, 214, 178)
_DARK: RGB = (34, 26, 26)


def apple(pen: Pen, colour: RGB) -> None:
    """An apple with its dimple, stalk and leaf."""
    pen.oval(-0.16, 0.42, 0.36, 0.42, darker(colour, 0.22))
    pen.oval(0.16, 0.42, 0.36, 0.42, darker(colour, 0.22))
    pen.oval(0.02, 0.46, 0.4, 0.36, colour)
    pen.oval(-0.16, 0.58, 0.1, 0.12, lighter(colour, 0.5))
    pen.oval(0, 0.8, 0.13, 0.045, darker(colour, 0.5))
    pen.line([(0, 0.78), (0.05, 1.0)], 0.06, _STEM)
    pen.poly([(0.05, 0.9), (0.22, 1.04), (0.4, 1.0), (0.24, 0.88)], _LEAF)


def pear(pen: Pen, colour: RGB) -> None:
    """A pear: round below, narrow above."""
    pen.oval(0, 0.28, 0.32, 0.28, darker(colour, 0.18))
    pen.poly([(-0.3, 0.36), (0.3, 0.36), (0.14, 0.76), (-0.14, 0.76)], darker(colour, 0.18))
    pen.oval(0, 0.74, 0.145, 0.13, darker(colour, 0.18))
    pen.oval(-0.04, 0.3, 0.24, 0.22, colour)
    pen.poly([(-0.24, 0.38), (0.16, 0.38), (0.08, 0.76), (-0.12, 0.76)], colour)
    pen.oval(-0.12, 0.36, 0.06, 0.1, lighter(colour, 0.5))
    pen.line([(0, 0.84), (0.07, 1.0)], 0.045, _STEM)


def vase(pen: Pen, colour: RGB) -> None:
    """A vase with a foot, a belly, a neck and a painted band."""
    pen.box(0, 0, 0.36, 0.06, darker(colour, 0.3))
    pen.oval(0, 0.42, 0.36, 0.38, darker(colour, 0.22))
    pen.oval(-0.05, 0.43, 0.29, 0.34, colour)
    pen.poly(
        [(-0.17, 0.7), (0.17, 0.7), (0.13, 0.9), (0.22, 1.0), (-0.22, 1.0), (-0.13, 0.9)], colour
    )
    pen.box(0, 0.4, 0.66, 0.06, lighter(colour, 0.45) if sum(colour) < 560 else darker(colour, 0.4))
    pen.oval(-0.17, 0.56, 0.05, 0.11, lighter(colour, 0.55))
    pen.oval(0, 1.0, 0.22, 0.05, darker(colour, 0.5))


def flower(pen: Pen, colour: RGB, lean: float) -> None:
    """A daisy-like flower on a leaning stem, a unit high from its foot."""
    x = lean
    pen.line([(0, 0), (x * 0.5, 0.4), (x, 0.8)], 0.045, _LEAF)
    pen.poly([(x * 0.4, 0.34), (x * 0.4 + 0.2, 0.52), (x * 0.5 + 0.02, 0.46)], _LEAF)
    for dx, dy in (
        (0.15, 0),
        (-0.15, 0),
        (0.075, 0.13),
        (-0.075, 0.13),
        (0.075, -0.13),
        (-0.075, -0.13),
    ):
        pen.oval(x + dx, 0.82 + dy, 0.105, 0.105, darker(colour, 0.12) if dy < 0 else colour)
    pen.oval(x, 0.82, 0.08, 0.08, (120, 72, 20) if sum(colour) > 400 else (244, 206, 70))


def candle(pen: Pen, colour: RGB) -> None:
    """A lit candle in its holder, with a halo."""
    glow = pen.lit()
    for radius, halo in ((0.42, (104, 72, 34)), (0.28, (158, 110, 46)), (0.17, (216, 160, 70))):
        glow.oval(0, 0.86, radius, radius, halo)
    pen.oval(0, 0.05, 0.28, 0.06, (150, 112, 48))
    pen.box(0, 0.05, 0.17, 0.1, (176, 134, 58))
    glow.box(0, 0.13, 0.13, 0.57, (238, 228, 200))
    pen.box(0.045, 0.13, 0.04, 0.57, (190, 172, 140))
    pen.line([(0, 0.69), (0, 0.76)], 0.02, _DARK)
    glow.poly([(-0.055, 0.8), (0, 0.73), (0.055, 0.8), (0, 1.0)], (255, 190, 60))
    glow.oval(0, 0.8, 0.05, 0.06, (255, 244, 190))


def skull(pen: Pen, colour: RGB) -> None:
    """A skull, three quarters to the front."""
    pen.box(0.04, 0.02, 0.46, 0.34, darker(_BONE, 0.14))
    pen.oval(0, 0.62, 0.46, 0.38, _BONE)
    pen.poly([(-0.36, 0.46), (0.4, 0.46), (0.3, 0.22), (-0.22, 0.22)], _BONE)
    pen.oval(-0.15, 0.5, 0.13, 0.14, _DARK)
    pen.oval(0.21, 0.5, 0.13, 0.14, _DARK)
    pen.poly([(0.03, 0.42), (-0.04, 0.28), (0.1, 0.28)], _DARK)
    for i in range(6):
        pen.box(-0.14 + i * 0.072, 0.08, 0.056, 0.13, (240, 232, 206))
    pen.line([(-0.18, 0.145), (0.26, 0.145)], 0.022, _DARK)
    pen.oval(-0.16, 0.8, 0.12, 0.08, lighter(_BONE, 0.5))


def book(pen: Pen, colour: RGB) -> None:
    """A closed book lying down, its page edges towards us."""
    pen.poly([(-0.8, 0.62), (-0.62, 1.0), (1.0, 1.0), (0.8, 0.62)], colour)
    pen.poly([(-0.62, 0.7), (-0.53, 0.92), (0.82, 0.92), (0.7, 0.7)], lighter(colour, 0.2))
    pen.box(0, 0.14, 1.5, 0.42, (236, 226, 196))
    for y in (0.26, 0.36, 0.44):
        pen.line([(-0.74, y), (0.74, y)], 0.025, (178, 160, 122))
    pen.poly([(0.8, 0.62), (1.0, 1.0), (1.0, 0.4), (0.8, 0.0)], darker(colour, 0.2))
    pen.box(0, 0.5, 1.62, 0.14, darker(colour, 0.12))
    pen.box(0, 0, 1.62, 0.16, darker(colour, 0.12))
    pen.box(-0.78, 0, 0.1, 0.64, darker(colour, 0.25))


def fish(pen: Pen, colour: RGB) -> None:
    """A fish on its side, on a plate."""
    pen.oval(0, 0.28, 1.5, 0.3, (198, 196, 190))
    pen.oval(0, 0.32, 1.38, 0.25, (238, 236, 228))
    pen.poly([(-0.7, 0.56), (-1.24, 0.96), (-1.12, 0.54), (-1.24, 0.14)], darker(colour, 0.25))
    pen.poly([(-0.3, 0.8), (0.3, 0.86), (0.1, 1.08), (-0.34, 1.02)], darker(colour, 0.3))
    pen.oval(0.08, 0.56, 0.92, 0.34, colour)
    pen.oval(0.06, 0.42, 0.72, 0.16, lighter(colour, 0.4))
    pen.line([(0.5, 0.34), (0.42, 0.56), (0.5, 0.8)], 0.06, darker(colour, 0.45))
    for x in (-0.3, -0.02, 0.24):
        pen.line([(x, 0.46), (x - 0.08, 0.58), (x, 0.7)], 0.035, darker(colour, 0.25))
    pen.oval(0.72, 0.63, 0.08, 0.08, (250, 248, 240))
    pen.oval(0.73, 0.63, 0.045, 0.045, _DARK)
