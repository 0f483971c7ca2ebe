"""How people and animals look. One unit is the figure's height."""

from __future__ import annotations

from benchmark.collections.atelier.pen import RGB, Pen, Point, darker, lighter, mix

_SKIN: RGB = (228, 180, 146)
_HAIR: tuple[RGB, ...] = ((70, 44, 28), (34, 28, 28), (168, 112, 48), (120, 58, 30))
_DARK: RGB = (34, 28, 30)


def figure(pen: Pen, colour: RGB, woman: bool, kind: int) -> None:
    """A standing person, seen from afar."""
    hair = _HAIR[kind % len(_HAIR)]
    if woman:
        pen.poly([(-0.24, 0.02), (0.24, 0.02), (0.08, 0.52), (-0.08, 0.52)], colour)
        pen.poly([(-0.24, 0.02), (-0.08, 0.02), (-0.02, 0.52), (-0.08, 0.52)], darker(colour, 0.25))
        pen.oval(0, 0.9, 0.095, 0.1, hair)
        pen.oval(0, 0.8, 0.1, 0.1, hair)
    else:
        for x in (-0.06, 0.06):
            pen.box(x, 0.02, 0.09, 0.42, _DARK)
    pen.poly(
        [(-0.12, 0.4), (0.12, 0.4), (0.15, 0.74), (0.06, 0.78), (-0.06, 0.78), (-0.15, 0.74)],
        colour,
    )
    for side in (-1, 1):
        pen.line(
            [(side * 0.13, 0.72), (side * 0.18, 0.56), (side * 0.15, 0.42)],
            0.065,
            darker(colour, 0.15),
        )
        pen.oval(side * 0.15, 0.4, 0.035, 0.035, _SKIN)
    pen.oval(0, 0.87, 0.07, 0.085, _SKIN)
    if woman:
        pen.poly([(-0.075, 0.89), (0.075, 0.89), (0.05, 0.98), (-0.05, 0.98)], hair)
    else:
        pen.box(0, 0.92, 0.24, 0.03, _DARK)
        pen.box(0, 0.93, 0.13, 0.08, _DARK)


def bust(pen: Pen, colour: RGB, woman: bool, kind: int) -> None:
    """A sitter to the waist: head, face, hair, shoulders, hands."""
    hair = _HAIR[kind % len(_HAIR)]
    if woman:
        pen.oval(0, 0.74, 0.2, 0.22, hair)
        pen.poly([(-0.2, 0.72), (0.2, 0.72), (0.24, 0.4), (-0.24, 0.4)], hair)
    cloak: list[Point] = [(-0.46, -0.1), (0.46, -0.1), (0.4, 0.36), (0.28, 0.46), (0.08, 0.5)]
    pen.poly([*cloak, (-0.08, 0.5), (-0.28, 0.46), (-0.4, 0.36)], colour)
    pen.poly(
        [(0.1, -0.1), (0.46, -0.1), (0.4, 0.36), (0.28, 0.46), (0.14, 0.4)], darker(colour, 0.28)
    )
    if woman:
        pen.poly([(-0.15, 0.49), (0.15, 0.49), (0.0, 0.36)], _SKIN)
    else:
        pen.poly([(-0.12, 0.5), (0.12, 0.5), (0, 0.24)], (240, 236, 226))
        pen.poly([(-0.03, 0.46), (0.03, 0.46), (0.04, 0.28), (-0.04, 0.28)], _DARK)
    pen.box(0, 0.46, 0.14, 0.14, darker(_SKIN, 0.16))
    pen.oval(0, 0.71, 0.145, 0.185, _SKIN)
    pen.poly([(0.02, 0.74), (-0.035, 0.64), (0.03, 0.64)], darker(_SKIN, 0.2))
    for x in (-0.06, 0.065):
        pen.oval(x, 0.735, 0.032, 0.018, (250, 246, 238))
        pen.oval(x, 0.735, 0.016, 0.018, _DARK)
        pen.line([(x - 0.035, 0.775), (x + 0.035, 0.78)], 0.014, hair)
    pen.line([(-0.04, 0.605), (0.0, 0.597), (0.045, 0.605)], 0.02, (168, 62, 58))
    if woman:
        pen.poly(
            [
                (-0.16, 0.72),
                (-0.12, 0.88),
                (0, 0.94),
                (0.13, 0.88),
                (0.16, 0.72),
                (0.09, 0.85),
                (-0.02, 0.88),
            ],
            hair,
        )
    else:
        pen.poly(
            [
                (-0.15, 0.74),
                (-0.15, 0.88),
                (0, 0.94),
                (0.15, 0.88),
                (0.15, 0.74),
                (0.11, 0.84),
                (-0.1, 0.85),
            ],
            hair,
        )
        pen.poly([(-0.1, 0.6), (0.1, 0.6), (0.06, 0.52), (-0.06, 0.52)], hair)
        pen.poly([(-0.07, 0.63), (0.07, 0.63), (0.08, 0.615), (-0.08, 0.615)], hair)


def _legs(pen: Pen, xs: tuple[float, ...], top: float, width: float, colour: RGB) -> None:
    for i, x in enumerate(xs):
        shade = darker(colour, 0.32) if i % 2 else colour
        pen.poly(
            [(x - width, top), (x + width, top), (x + width * 0.55, 0), (x - width * 0.55, 0)],
            shade,
        )


def horse(pen: Pen, colour: RGB) -> None:
    """A horse in profile: long neck, mane, long tail."""
    mane = darker(colour, 0.62) if sum(colour) > 180 else mix(colour, (110, 100, 96), 0.5)
    pen.line([(-0.46, 0.6), (-0.56, 0.48), (-0.56, 0.18)], 0.09, mane)
    _legs(pen, (-0.36, -0.24, 0.2, 0.32), 0.42, 0.065, colour)
    pen.oval(-0.04, 0.52, 0.45, 0.18, colour)
    pen.oval(-0.3, 0.53, 0.19, 0.19, colour)
    pen.poly([(0.12, 0.58), (0.4, 0.48), (0.58, 0.86), (0.4, 0.95)], colour)
    pen.poly([(0.4, 0.94), (0.58, 0.9), (0.84, 0.7), (0.8, 0.61), (0.7, 0.62), (0.5, 0.76)], colour)
    pen.poly([(0.44, 0.93), (0.52, 0.9), (0.47, 1.04)], colour)
    pen.line([(0.1, 0.67), (0.26, 0.84), (0.42, 0.97)], 0.09, mane)
    pen.oval(0.6, 0.82, 0.02, 0.02, _DARK)
    pen.oval(0.8, 0.665, 0.02, 0.02, _DARK)


def cow(pen: Pen, colour: RGB) -> None:
    """A cow in profile: boxy body, patches, horns, udder, thin tail."""
    patch = (240, 236, 226) if sum(colour) < 420 else (60, 46, 40)
    pen.line([(-0.66, 0.74), (-0.74, 0.6), (-0.73, 0.3)], 0.035, darker(colour, 0.3))
    pen.oval(-0.73, 0.27, 0.04, 0.07, _DARK)
    _legs(pen, (-0.54, -0.4, 0.26, 0.4), 0.4, 0.075, colour)
    pen.oval(-0.24, 0.31, 0.12, 0.09, (232, 170, 160))
    pen.poly(
        [
            (-0.66, 0.78),
            (-0.6, 0.84),
            (0.42, 0.82),
            (0.52, 0.7),
            (0.48, 0.38),
            (-0.6, 0.34),
            (-0.68, 0.5),
        ],
        colour,
    )
    pen.oval(-0.3, 0.64, 0.17, 0.13, patch)
    pen.oval(0.14, 0.52, 0.13, 0.1, patch)
    pen.poly([(0.4, 0.8), (0.62, 0.92), (0.74, 0.86), (0.7, 0.62), (0.5, 0.54)], colour)
    pen.poly([(0.58, 0.92), (0.8, 0.9), (0.94, 0.64), (0.82, 0.56), (0.68, 0.64)], colour)
    pen.oval(0.88, 0.62, 0.085, 0.075, (226, 178, 164))
    pen.line([(0.62, 0.92), (0.56, 1.0), (0.6, 1.06)], 0.04, (236, 226, 200))
    pen.line([(0.74, 0.93), (0.8, 1.0), (0.77, 1.07)], 0.04, (236, 226, 200))
    pen.oval(0.55, 0.86, 0.08, 0.035, darker(colour, 0.3))
    pen.oval(0.76, 0.8, 0.022, 0.024, _DARK if sum(colour) > 200 else (230, 226, 220))


def dog(pen: Pen, colour: RGB) -> None:
    """A dog in profile: raised tail, hanging ear, short muzzle, collar."""
    pen.line([(-0.5, 0.56), (-0.66, 0.74), (-0.64, 0.92)], 0.09, colour)
    _legs(pen, (-0.44, -0.32, 0.16, 0.28), 0.42, 0.075, colour)
    pen.oval(-0.1, 0.5, 0.46, 0.17, colour)
    pen.poly([(0.12, 0.58), (0.36, 0.4), (0.52, 0.7), (0.34, 0.86)], colour)
    pen.oval(0.46, 0.82, 0.18, 0.16, colour)
    pen.poly([(0.5, 0.9), (0.84, 0.8), (0.84, 0.68), (0.48, 0.68)], lighter(colour, 0.12))
    pen.oval(0.83, 0.79, 0.05, 0.045, _DARK)
    pen.poly([(0.28, 0.94), (0.42, 0.96), (0.4, 0.6), (0.28, 0.64)], darker(colour, 0.42))
    pen.oval(0.55, 0.86, 0.025, 0.028, _DARK if sum(colour) > 200 else (230, 226, 220))
    pen.line([(0.24, 0.7), (0.44, 0.58)], 0.06, (190, 40, 40))


def bird(pen: Pen, colour: RGB) -> None:
    """A perched bird in profile, on thin legs."""
    pen.line([(-0.02, 0.3), (0.0, 0)], 0.035, (120, 84, 40))
    pen.line([(0.1, 0.3), (0.12, 0)], 0.035, (120, 84, 40))
    pen.poly([(-0.3, 0.5), (-0.72, 0.2), (-0.6, 0.12), (-0.12, 0.34)], darker(colour, 0.3))
    pen.oval(0, 0.5, 0.36, 0.25, colour)
    pen.oval(0.26, 0.76, 0.19, 0.19, colour)
    pen.poly([(0.42, 0.83), (0.66, 0.74), (0.42, 0.69)], (232, 150, 30))
    pen.poly([(0.12, 0.62), (-0.2, 0.66), (-0.5, 0.34), (-0.1, 0.36)], darker(colour, 0.36))
    pen.oval(0.32, 0.8, 0.035, 0.035, _DARK if sum(colour) > 200 else (240, 236, 220))


def bird_flying(pen: Pen, colour: RGB) -> None:
    """A bird on the wing, both wings raised."""
    pen.poly(
        [(-0.12, 0.3), (-0.6, 0.78), (-1.0, 0.72), (-0.55, 0.5), (-0.1, 0.14)], darker(colour, 0.2)
    )
    pen.poly([(0.08, 0.32), (0.4, 0.86), (0.82, 0.9), (0.5, 0.56), (0.2, 0.18)], colour)
    pen.poly([(-0.4, 0.14), (-0.34, 0.3), (0.3, 0.36), (0.52, 0.24), (0.24, 0.1)], colour)
    pen.oval(0.42, 0.28, 0.13, 0.1, colour)
    pen.poly([(0.52, 0.31), (0.7, 0.24), (0.52, 0.22)], (232, 150, 30))
