"""People standing, seen from the front, one hand held out for something to carry."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

SKINS: tuple[RGB, ...] = ((236, 192, 160), (222, 170, 132), (186, 128, 90), (132, 86, 58))
HAIRS: tuple[RGB, ...] = (
    (72, 46, 30),
    (36, 30, 30),
    (176, 122, 56),
    (128, 62, 32),
    (150, 146, 142),
)
HAND = (0.2, 0.56)
"""The hand that holds, in the frame of a standing person."""
_STEEL: RGB = (168, 174, 184)


def skin_of(look: Circumstances) -> RGB:
    return SKINS[look.variant % len(SKINS)]


def hair_of(look: Circumstances) -> RGB:
    return HAIRS[look.variant // 4 % len(HAIRS)]


def head(pen: Pen, skin: RGB, hair: RGB, long: bool) -> None:
    """A head in a frame of its own: chin at 0, crown at 1."""
    if long:
        pen.blob([(-0.5, 0.7), (-0.56, 0.1), (-0.4, -0.3), (0.4, -0.3), (0.56, 0.1), (0.5, 0.7),
                  (0.0, 1.1)], hair)  # fmt: skip
    pen.box(0, -0.3, 0.3, 0.4, darker(skin, 0.18))
    pen.blob([(0, -0.02), (-0.3, 0.16), (-0.38, 0.56), (-0.2, 0.94), (0.2, 0.94), (0.38, 0.56),
              (0.3, 0.16)], skin)  # fmt: skip
    pen.blob([(0.1, 0.02), (0.3, 0.18), (0.38, 0.56), (0.22, 0.8), (0.24, 0.4)], darker(skin, 0.14))
    for x in (-0.15, 0.15):
        pen.oval(x, 0.5, 0.055, 0.06, DARK)
    pen.line([(-0.1, 0.2), (0.1, 0.2)], 0.07, (176, 70, 66))
    pen.blob([(-0.42, 0.56), (-0.36, 0.92), (0.0, 1.1), (0.36, 0.92), (0.42, 0.56), (0.26, 0.78),
              (-0.1, 0.84), (-0.3, 0.74)], hair)  # fmt: skip


def arms(pen: Pen, sleeve: RGB, skin: RGB, shoulder: float, top: float) -> None:
    """The left arm hangs; the right reaches to HAND."""
    pen.curve(
        [(-shoulder, top), (-shoulder - 0.07, top - 0.16), (-shoulder - 0.03, top - 0.3)],
        0.085,
        darker(sleeve, 0.2),
    )
    pen.oval(-shoulder - 0.03, top - 0.33, 0.035, 0.04, skin)
    x, y = HAND
    pen.curve(
        [(shoulder, top), (shoulder + 0.05, top - 0.14), (x - 0.02, y)], 0.085, darker(sleeve, 0.12)
    )
    pen.oval(x, y, 0.035, 0.04, skin)


def woman(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = skin_of(look), hair_of(look)
    pen.blob(
        [(-0.27, 0.0), (-0.2, 0.3), (-0.1, 0.56), (0.1, 0.56), (0.2, 0.3), (0.27, 0.0)], colour
    )
    pen.poly([(-0.25, 0.0), (0.27, 0.0), (0.26, 0.05), (-0.26, 0.05)], darker(colour, 0.2))
    for x in (-0.12, 0.02, 0.14):
        pen.line([(x, 0.04), (x * 0.5, 0.46)], 0.018, darker(colour, 0.3))
    pen.blob([(-0.12, 0.5), (-0.15, 0.76), (0.0, 0.8), (0.15, 0.76), (0.12, 0.5)], colour)
    pen.box(0, 0.53, 0.23, 0.03, darker(colour, 0.45))
    arms(pen, colour, skin, 0.13, 0.75)
    head(pen.at(0, 0.82, 0.165), skin, hair, bool(look.variant % 3))
    pen.poly([(-0.06, 0.79), (0.06, 0.79), (0, 0.72)], lighter(skin, 0.1))
    if look.variant % 5 == 1:
        pen.oval(0, 0.96, 0.17, 0.03, (226, 200, 140))
        pen.oval(0, 0.98, 0.09, 0.045, (226, 200, 140))


def man(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = skin_of(look), hair_of(look)
    cloth = darker(colour, 0.55) if sum(colour) > 160 else (96, 84, 74)
    for x in (-0.075, 0.075):
        pen.poly(
            [(x - 0.065, 0.46), (x + 0.065, 0.46), (x + 0.045, 0.04), (x - 0.045, 0.04)], cloth
        )
        pen.blob([(x - 0.055, 0.0), (x - 0.05, 0.07), (x + 0.05, 0.07), (x + 0.08, 0.0)], DARK)
    pen.blob([(-0.16, 0.32), (-0.15, 0.6), (-0.17, 0.76), (0.0, 0.8), (0.17, 0.76), (0.15, 0.6),
              (0.16, 0.32)], colour)  # fmt: skip
    pen.line([(0, 0.34), (0, 0.72)], 0.02, darker(colour, 0.4))
    pen.box(0, 0.49, 0.3, 0.03, darker(colour, 0.5))
    arms(pen, colour, skin, 0.15, 0.75)
    head(pen.at(0, 0.82, 0.165), skin, hair, False)
    if look.variant % 3 == 0:
        pen.box(0, 0.94, 0.24, 0.025, DARK)
        pen.box(0, 0.95, 0.14, 0.08, DARK)
    if look.variant % 3 == 1:
        pen.blob([(-0.055, 0.87), (0.0, 0.8), (0.055, 0.87), (0.03, 0.845), (-0.03, 0.845)], hair)


def child(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = skin_of(look), HAIRS[look.variant // 4 % 4]
    for x in (-0.08, 0.08):
        pen.box(x, 0.03, 0.09, 0.26, skin)
        pen.oval(x + 0.02, 0.03, 0.08, 0.035, DARK)
    pen.blob(
        [(-0.22, 0.22), (-0.13, 0.44), (-0.14, 0.6), (0.14, 0.6), (0.13, 0.44), (0.22, 0.22)],
        colour,
    )
    pen.line([(-0.2, 0.24), (0.2, 0.24)], 0.03, lighter(colour, 0.4))
    pen.curve([(-0.13, 0.57), (-0.2, 0.46), (-0.22, 0.36)], 0.08, darker(colour, 0.15))
    pen.oval(-0.22, 0.33, 0.04, 0.04, skin)
    pen.curve([(0.13, 0.57), (0.18, 0.5), (HAND[0], HAND[1] - 0.04)], 0.08, darker(colour, 0.12))
    pen.oval(HAND[0], HAND[1] - 0.02, 0.04, 0.04, skin)
    head(pen.at(0, 0.65, 0.3), skin, hair, look.variant % 2 == 0)


def angel(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for side in (-1, 1):
        pen.blob([(side * 0.06, 0.74), (side * 0.3, 1.0), (side * 0.5, 0.86), (side * 0.44, 0.5),
                  (side * 0.3, 0.2), (side * 0.16, 0.4)], (232, 232, 240))  # fmt: skip
        for i in range(4):
            pen.line(
                [(side * 0.14, 0.66 - 0.07 * i), (side * (0.44 - 0.04 * i), 0.72 - 0.14 * i)],
                0.02,
                (170, 176, 196),
            )
    pen.oval(0, 0.93, 0.15, 0.15, GOLD)
    woman(pen, colour, Circumstances(variant=look.variant * 15 + 2))


def knight(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.08, 0.08):
        pen.poly([(x - 0.07, 0.44), (x + 0.07, 0.44), (x + 0.05, 0.03), (x - 0.05, 0.03)], _STEEL)
        pen.oval(x, 0.24, 0.06, 0.04, lighter(_STEEL, 0.5))
        pen.blob(
            [(x - 0.06, 0.0), (x - 0.04, 0.06), (x + 0.05, 0.06), (x + 0.1, 0.0)],
            darker(_STEEL, 0.4),
        )
    pen.blob([(-0.17, 0.36), (-0.14, 0.56), (-0.18, 0.76), (0.0, 0.82), (0.18, 0.76), (0.14, 0.56),
              (0.17, 0.36)], _STEEL)  # fmt: skip
    pen.blob(
        [(0.04, 0.4), (0.06, 0.78), (0.18, 0.74), (0.14, 0.56), (0.16, 0.38)], darker(_STEEL, 0.3)
    )
    pen.line([(-0.15, 0.53), (0.15, 0.53)], 0.035, (110, 70, 40))
    for side in (-1, 1):
        pen.oval(side * 0.18, 0.75, 0.075, 0.065, lighter(_STEEL, 0.35))
    arms(pen, _STEEL, darker(_STEEL, 0.35), 0.17, 0.72)
    pen.blob(
        [(-0.1, 0.8), (-0.12, 0.92), (0.0, 1.0), (0.12, 0.92), (0.1, 0.8)], lighter(_STEEL, 0.15)
    )
    pen.box(0.02, 0.885, 0.17, 0.026, DARK)
    pen.line([(0.02, 0.8), (0.02, 0.98)], 0.018, darker(_STEEL, 0.4))
    pen.curve([(0.0, 0.99), (-0.12, 1.06), (-0.24, 0.96)], 0.055, (196, 40, 40))


def king(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin = skin_of(look)
    pen.blob(
        [(-0.28, 0.0), (-0.22, 0.4), (-0.2, 0.78), (0.2, 0.78), (0.22, 0.4), (0.28, 0.0)], colour
    )
    pen.poly([(-0.08, 0.0), (0.08, 0.0), (0.06, 0.72), (-0.06, 0.72)], lighter(colour, 0.75))
    pen.poly([(-0.28, 0.0), (0.28, 0.0), (0.27, 0.06), (-0.27, 0.06)], (244, 240, 230))
    pen.blob([(-0.22, 0.74), (-0.1, 0.62), (0.1, 0.62), (0.22, 0.74), (0.0, 0.84)], (244, 240, 230))
    for x, y in (
        (-0.14, 0.72),
        (0.0, 0.68),
        (0.14, 0.72),
        (-0.2, 0.03),
        (-0.1, 0.03),
        (0.1, 0.03),
        (0.2, 0.03),
    ):
        pen.oval(x, y, 0.015, 0.02, DARK)
    pen.box(0, 0.46, 0.3, 0.035, GOLD)
    arms(pen, colour, skin, 0.17, 0.72)
    head(pen.at(0, 0.82, 0.15), skin, (130, 124, 118), True)
    pen.blob(
        [(-0.06, 0.87), (-0.05, 0.76), (0.0, 0.72), (0.05, 0.76), (0.06, 0.87), (0.0, 0.845)],
        (150, 144, 138),
    )
    crown(pen.at(0, 0.95, 0.1))


def crown(pen: Pen) -> None:
    """A crown of three points, one unit high."""
    pen.poly(
        [(-0.8, 0), (-1.0, 0.9), (-0.45, 0.45), (0, 1.1), (0.45, 0.45), (1.0, 0.9), (0.8, 0)], GOLD
    )
    for x in (-0.5, 0.0, 0.5):
        pen.oval(x, 0.2, 0.13, 0.13, (190, 36, 44))


SHAPES: dict[str, Form] = {
    "woman": woman, "man": man, "child": child, "angel": angel, "knight": knight, "king": king,
}  # fmt: skip
