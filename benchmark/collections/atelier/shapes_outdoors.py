"""How buildings, boats, trees and mountains look. One unit is the thing's height."""

from __future__ import annotations

from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter, mix

_ROOF: RGB = (150, 74, 54)
_SLATE: RGB = (84, 90, 108)
_WOOD: RGB = (96, 64, 40)
_GLASS: RGB = (58, 66, 92)
_LAMP: RGB = (255, 208, 96)
_SNOW: RGB = (246, 248, 252)
_LEAVES: dict[str, RGB] = {
    "spring": (142, 190, 84),
    "summer": (52, 118, 50),
    "autumn": (212, 110, 30),
    "": (60, 116, 56),
}


def _roof(pen: Pen, points: list[tuple[float, float]], colour: RGB, winter: bool) -> None:
    pen.poly(points, _SNOW if winter else colour)


def house(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A gable house with a side wall, a door, two windows and a chimney."""
    pen.box(0.36, 0.7, 0.12, 0.36, darker(_ROOF, 0.4))
    pen.box(0, 0, 1.2, 0.6, colour)
    pen.poly(
        [(-0.6, 0), (-0.14, 0), (-0.14, 0.6), (-0.37, 0.92), (-0.6, 0.6)], darker(colour, 0.22)
    )
    _roof(pen, [(-0.22, 0.56), (0.68, 0.56), (0.5, 0.98), (-0.42, 0.98)], _ROOF, winter)
    pen.line([(-0.68, 0.54), (-0.4, 0.97), (-0.12, 0.54)], 0.06, _SNOW if winter else darker(_ROOF))
    pen.box(0.06, 0, 0.18, 0.36, _WOOD)
    glass = pen.lit() if night else pen
    for x in (-0.37, 0.38):
        glass.box(x, 0.24, 0.17, 0.2, _LAMP if night else _GLASS)


def church(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A nave, and a tower with a spire and a cross."""
    pen.box(0.22, 0, 0.62, 0.3, colour)
    _roof(pen, [(-0.1, 0.3), (0.56, 0.3), (0.48, 0.47), (-0.1, 0.47)], _SLATE, winter)
    pen.box(-0.16, 0, 0.26, 0.56, darker(colour, 0.14))
    _roof(pen, [(-0.32, 0.55), (0.0, 0.55), (-0.16, 0.9)], _SLATE, winter)
    pen.line([(-0.16, 0.88), (-0.16, 1.0)], 0.022, (30, 28, 30))
    pen.line([(-0.21, 0.955), (-0.11, 0.955)], 0.022, (30, 28, 30))
    glass = pen.lit() if night else pen
    for x in (0.08, 0.24, 0.4):
        glass.box(x, 0.09, 0.06, 0.1, _LAMP if night else _GLASS)
        glass.oval(x, 0.19, 0.03, 0.035, _LAMP if night else _GLASS)
    glass.oval(-0.16, 0.44, 0.05, 0.05, _LAMP if night else _GLASS)
    pen.box(-0.16, 0, 0.11, 0.15, _WOOD)
    pen.oval(-0.16, 0.15, 0.055, 0.05, _WOOD)


def windmill(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A tapering tower, a cap, and four lattice sails."""
    pen.poly([(-0.22, 0), (0.22, 0), (0.13, 0.6), (-0.13, 0.6)], colour)
    pen.poly([(-0.22, 0), (-0.08, 0), (-0.06, 0.6), (-0.13, 0.6)], darker(colour, 0.25))
    _roof(pen, [(-0.16, 0.58), (0.16, 0.58), (0.07, 0.72), (-0.07, 0.72)], _ROOF, winter)
    pen.box(0.03, 0, 0.11, 0.17, _WOOD)
    (pen.lit() if night else pen).box(0.03, 0.3, 0.08, 0.09, _LAMP if night else _GLASS)
    for dx, dy in ((0.27, 0.29), (-0.29, 0.27), (-0.27, -0.29), (0.29, -0.27)):
        side = (-dy * 0.28, dx * 0.28)
        arm = (dx * 0.25, 0.64 + dy * 0.25)
        tip = (dx * 1.22, 0.64 + dy * 1.22)
        sail = [
            arm,
            tip,
            (tip[0] + side[0], tip[1] + side[1]),
            (arm[0] + side[0], arm[1] + side[1]),
        ]
        pen.poly(sail, (226, 214, 184))
        pen.line([(0, 0.64), tip], 0.026, (58, 40, 30))
        pen.line([sail[3], sail[2]], 0.014, (58, 40, 30))


def lighthouse(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A tall tower with bands, a gallery and a lantern that shines at night."""
    if night:
        pen.lit().poly([(0, 0.87), (1.5, 1.0), (1.5, 0.72)], (150, 140, 96))
    pen.poly([(-0.15, 0), (0.15, 0), (0.085, 0.76), (-0.085, 0.76)], colour)
    pen.poly([(-0.15, 0), (-0.05, 0), (-0.03, 0.76), (-0.085, 0.76)], darker(colour, 0.2))
    pen.box(0, 0.75, 0.27, 0.035, (60, 58, 64))
    (pen.lit() if night else pen).box(0, 0.78, 0.13, 0.12, (255, 226, 120))
    pen.line([(0, 0.78), (0, 0.9)], 0.015, (60, 58, 64))
    pen.poly([(-0.1, 0.9), (0.1, 0.9), (0, 1.0)], (70, 52, 52))
    for y in (0.16, 0.38, 0.6):
        pen.box(0.01, y, 0.045, 0.075, _GLASS)


def boat(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A sailing boat: the hull is of the colour named, and a pennant too."""
    pen.line([(0.02, 0.16), (0.02, 1.0)], 0.03, _WOOD)
    pen.poly([(0.06, 0.3), (0.5, 0.33), (0.06, 0.95)], (238, 230, 208))
    pen.poly([(-0.03, 0.32), (-0.4, 0.34), (-0.03, 0.82)], (214, 204, 182))
    pen.poly([(0.02, 1.0), (0.2, 0.96), (0.02, 0.92)], colour)
    hull = [(-0.58, 0.27), (0.62, 0.3), (0.44, 0.0), (-0.4, 0.0)]
    pen.poly(hull, colour)
    pen.poly([(-0.48, 0.12), (0.53, 0.14), (0.44, 0.0), (-0.4, 0.0)], darker(colour, 0.3))
    pen.line([(-0.58, 0.27), (0.62, 0.3)], 0.035, lighter(colour, 0.35))


def bridge(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A stone bridge of three arches; it is drawn as wide as its river."""
    pen.poly([(-2.6, 0), (-2.6, 0.72), (0, 1.0), (2.6, 0.72), (2.6, 0)], colour)
    pen.line([(-2.6, 0.72), (0, 1.0), (2.6, 0.72)], 0.1, _SNOW if winter else lighter(colour, 0.35))
    water = (50, 74, 104)
    for x in (-1.45, 0.0, 1.45):
        pen.oval(x, 0.18, 0.5, 0.5, darker(colour, 0.35))
        pen.oval(x + 0.04, 0.14, 0.46, 0.46, water)
        pen.box(x, -0.5, 1.0, 0.66, water)
    for x in (-2.2, -0.73, 0.73, 2.2):
        pen.line([(x, 0.02), (x, 0.5)], 0.05, darker(colour, 0.25))


def tree(pen: Pen, season: str, kind: int) -> None:
    """A tree as the season has it: in blossom, green, turning, or bare."""
    pen.poly([(-0.07, 0), (0.07, 0), (0.035, 0.5), (-0.035, 0.5)], _WOOD)
    if season == "winter":
        for side in (-1, 1):
            for y, reach, rise in ((0.36, 0.3, 0.3), (0.5, 0.24, 0.34), (0.62, 0.14, 0.3)):
                tip = (side * reach, y + rise)
                pen.line([(0, y), tip], 0.032, _WOOD)
                pen.line(
                    [(side * reach * 0.5, y + rise * 0.5), (side * reach, y + rise * 0.4)],
                    0.022,
                    _WOOD,
                )
                pen.line(
                    [(side * reach * 0.5, y + rise * 0.5), (side * reach * 0.4, y + rise)],
                    0.022,
                    _WOOD,
                )
        pen.line([(0, 0.4), (0, 0.95)], 0.04, _WOOD)
        return
    leaf = _LEAVES[season]
    if kind and season == "summer":  # a poplar or fir among the round crowns
        pen.oval(0, 0.6, 0.17, 0.42, darker(leaf, 0.2))
        pen.oval(0.03, 0.64, 0.11, 0.34, leaf)
        return
    for x, y, r in ((-0.2, 0.58, 0.19), (0.2, 0.56, 0.2), (0.0, 0.72, 0.26), (0.02, 0.52, 0.2)):
        pen.oval(x, y, r, r * 0.95, darker(leaf, 0.25))
    for x, y, r in ((-0.17, 0.62, 0.13), (0.17, 0.62, 0.13), (0.02, 0.78, 0.17)):
        pen.oval(x, y, r, r * 0.9, leaf)
    if season in ("spring", "autumn"):
        fleck = (250, 214, 226) if season == "spring" else (238, 176, 52)
        for i in range(15):
            x, y = ((i * 37) % 29) / 29 - 0.5, ((i * 53) % 31) / 31
            pen.oval(x * 0.62, 0.46 + y * 0.44, 0.045, 0.04, fleck)


def mountain(pen: Pen, colour: RGB, winter: bool, night: bool) -> None:
    """A peak with a lit and a shaded side and a cap of snow."""
    rock = mix(colour, (104, 112, 138), 0.5)
    pen.poly(
        [(-0.95, 0), (-0.45, 0.5), (-0.3, 0.56), (0, 1.0), (0.36, 0.6), (0.5, 0.52), (0.95, 0)],
        rock,
    )
    pen.poly(
        [(0, 1.0), (0.36, 0.6), (0.5, 0.52), (0.95, 0), (0.1, 0), (0.16, 0.4), (-0.03, 0.7)],
        darker(rock, 0.28),
    )
    pen.poly(
        [(0, 1.0), (0.25, 0.72), (0.13, 0.76), (0.04, 0.66), (-0.08, 0.75), (-0.2, 0.7)], _SNOW
    )
