"""Sitters for portraits: to the waist, facing us. One unit is the height of the canvas."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, Form
from benchmark.collections.atelier.forms.people import HAIRS, SKINS, crown
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter, mix

HAND_BUST = (0.2, 0.22)
"""The hand that holds, in the frame of a bust."""
_STEEL: RGB = (168, 174, 184)


def _face(pen: Pen, skin: RGB, hair: RGB, lips: RGB = (186, 96, 86)) -> None:
    """A face in its own frame: chin at 0, crown at 1."""
    pen.box(0, -0.32, 0.36, 0.5, darker(skin, 0.2))
    pen.blob([(0, -0.03), (-0.27, 0.12), (-0.38, 0.5), (-0.3, 0.84), (0, 1.0), (0.3, 0.84),
              (0.38, 0.5), (0.27, 0.12)], skin)  # fmt: skip
    pen.blob([(0.06, -0.02), (0.27, 0.12), (0.38, 0.5), (0.3, 0.84), (0.16, 0.92), (0.22, 0.5),
              (0.16, 0.16)], darker(skin, 0.13))  # fmt: skip
    for x in (-0.2, 0.21):
        pen.oval(x, 0.32, 0.1, 0.075, mix(skin, (206, 84, 76), 0.28))
    iris = HAIRS[0] if sum(hair) < 240 else (60, 96, 126)
    for x in (-0.16, 0.17):
        pen.oval(x, 0.52, 0.095, 0.05, (250, 247, 240))
        pen.oval(x + 0.01, 0.52, 0.048, 0.05, iris)
        pen.oval(x + 0.01, 0.52, 0.024, 0.028, (16, 14, 16))
        pen.curve([(x - 0.1, 0.53), (x, 0.58), (x + 0.1, 0.53)], 0.03, DARK)
        pen.curve([(x - 0.11, 0.66), (x, 0.7), (x + 0.11, 0.65)], 0.04, darker(hair, 0.1))
    pen.blob([(0.02, 0.54), (-0.05, 0.34), (0.04, 0.28), (0.1, 0.34)], darker(skin, 0.2))
    pen.blob([(-0.13, 0.18), (0.0, 0.215), (0.14, 0.18), (0.0, 0.135)], lips)
    pen.line([(-0.12, 0.18), (0.13, 0.18)], 0.018, (110, 40, 42))


def _body(pen: Pen, colour: RGB, skin: RGB) -> None:
    pen.blob([(-0.44, -0.1), (-0.4, 0.22), (-0.26, 0.4), (0.0, 0.46), (0.26, 0.4), (0.4, 0.22),
              (0.44, -0.1)], colour)  # fmt: skip
    pen.blob(
        [(0.1, -0.1), (0.14, 0.36), (0.28, 0.38), (0.4, 0.22), (0.44, -0.1)], darker(colour, 0.24)
    )
    pen.curve([(-0.3, 0.28), (-0.34, 0.1), (-0.14, 0.02)], 0.13, darker(colour, 0.1))
    x, y = HAND_BUST
    pen.curve([(0.3, 0.28), (0.36, 0.08), (x + 0.02, y - 0.06)], 0.13, darker(colour, 0.36))
    pen.oval(-0.11, 0.03, 0.055, 0.045, skin)
    pen.oval(x, y - 0.02, 0.05, 0.06, skin)


def _tones(look: Circumstances) -> tuple[RGB, RGB]:
    return SKINS[look.variant % len(SKINS)], HAIRS[look.variant // 4 % len(HAIRS)]


def woman(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = _tones(look)
    style = look.variant // 3 % 4
    if style in (0, 2):  # hair over the shoulders
        pen.blob([(0.0, 0.95), (-0.21, 0.84), (-0.24, 0.6), (-0.27, 0.34), (0.27, 0.34), (0.24, 0.6),
                  (0.21, 0.84)], hair)  # fmt: skip
    if style == 3:
        pen.oval(0, 0.95, 0.1, 0.07, hair)
    _body(pen, colour, skin)
    pen.blob([(-0.17, 0.44), (0.17, 0.44), (0.1, 0.34), (0.0, 0.31), (-0.1, 0.34)], skin)
    if style == 1:
        for x in (-0.1, -0.05, 0.0, 0.05, 0.1):
            pen.oval(x, 0.4 - 0.2 * (0.02 - x * x), 0.016, 0.016, (250, 248, 240))
    _face(pen.at(0, 0.52, 0.36), skin, hair, (184, 56, 60))
    pen.blob([(-0.15, 0.66), (-0.15, 0.82), (0, 0.93), (0.15, 0.82), (0.15, 0.66), (0.11, 0.79),
              (0.0, 0.85), (-0.11, 0.79)], hair)  # fmt: skip
    if style == 2:
        pen.oval(0, 0.85, 0.26, 0.05, darker(colour, 0.2))
        pen.oval(0, 0.9, 0.14, 0.07, darker(colour, 0.2))


def man(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = _tones(look)
    style = look.variant // 3 % 5
    _body(pen, colour, skin)
    if style == 2:
        pen.oval(0, 0.45, 0.2, 0.06, (244, 242, 234))
        for x in (-0.15, -0.09, -0.03, 0.03, 0.09, 0.15):
            pen.line([(x * 0.5, 0.47), (x, 0.42)], 0.012, (190, 188, 180))
    else:
        pen.poly([(-0.1, 0.46), (0.1, 0.46), (0.0, 0.24)], (242, 238, 228))
        pen.poly([(-0.03, 0.42), (0.03, 0.42), (0.03, 0.28), (-0.03, 0.28)], darker(colour, 0.6))
    _face(pen.at(0, 0.52, 0.36), skin, hair)
    pen.blob([(-0.15, 0.68), (-0.16, 0.84), (0, 0.93), (0.16, 0.84), (0.15, 0.68), (0.12, 0.81),
              (-0.1, 0.83)], hair)  # fmt: skip
    if style in (1, 2):
        pen.blob([(-0.13, 0.64), (-0.12, 0.52), (0.0, 0.42), (0.12, 0.52), (0.13, 0.64), (0.06, 0.61),
                  (-0.06, 0.61)], hair)  # fmt: skip
        pen.line([(-0.035, 0.583), (0.035, 0.583)], 0.02, (170, 76, 70))
    if style in (1, 2, 3):
        pen.blob([(-0.08, 0.605), (0.0, 0.635), (0.08, 0.605), (0.0, 0.61)], hair)
    if style in (0, 3):
        pen.oval(0, 0.84, 0.25, 0.035, DARK)
        pen.blob([(-0.15, 0.84), (-0.13, 0.99), (0.13, 0.99), (0.15, 0.84)], DARK)
        pen.box(0, 0.85, 0.29, 0.03, darker(colour, 0.1))


def child(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = _tones(look)
    hair = HAIRS[look.variant // 4 % 4]
    own = pen.at(0, -0.02, 0.94)
    if look.variant % 2:
        for side in (-1, 1):
            own.blob([(side * 0.16, 0.72), (side * 0.26, 0.6), (side * 0.2, 0.44)], hair)
    _body(own.at(0, 0.02, 0.82), colour, skin)
    own.oval(0, 0.39, 0.16, 0.045, (244, 242, 236))
    _face(own.at(0, 0.43, 0.44), skin, hair)
    own.oval(0, 0.8, 0.19, 0.13, hair)
    own.oval(0, 0.68, 0.13, 0.1, skin)
    for x in (-0.07, 0.075):
        own.oval(x, 0.66, 0.045, 0.026, (250, 247, 240))
        own.oval(x, 0.66, 0.024, 0.026, (70, 52, 40))


def king(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, grey = SKINS[look.variant % 3], (150, 144, 138)
    pen.blob([(0.0, 0.9), (-0.22, 0.8), (-0.22, 0.4), (0.22, 0.4), (0.22, 0.8)], grey)
    _body(pen, colour, skin)
    pen.blob(
        [(-0.4, 0.3), (-0.2, 0.14), (0.2, 0.14), (0.4, 0.3), (0.2, 0.46), (-0.2, 0.46)],
        (246, 243, 234),
    )
    for x, y in (
        (-0.28, 0.28),
        (-0.14, 0.22),
        (0.0, 0.19),
        (0.14, 0.22),
        (0.28, 0.28),
        (-0.2, 0.36),
        (0.2, 0.36),
    ):
        pen.oval(x, y, 0.012, 0.02, DARK)
    pen.oval(0, 0.3, 0.05, 0.05, GOLD)
    _face(pen.at(0, 0.52, 0.36), skin, grey)
    pen.blob([(-0.14, 0.64), (-0.13, 0.5), (0.0, 0.36), (0.13, 0.5), (0.14, 0.64), (0.06, 0.61),
              (-0.06, 0.61)], grey)  # fmt: skip
    pen.line([(-0.035, 0.583), (0.035, 0.583)], 0.02, (170, 76, 70))
    pen.blob([(-0.15, 0.7), (-0.12, 0.86), (0.12, 0.86), (0.15, 0.7), (0.0, 0.8)], grey)
    crown(pen.at(0, 0.82, 0.15))


def knight(pen: Pen, colour: RGB, look: Circumstances) -> None:
    skin, hair = _tones(look)
    pen.blob(
        [(-0.2, 0.5), (-0.22, 0.86), (0.0, 0.97), (0.22, 0.86), (0.2, 0.5)], darker(_STEEL, 0.3)
    )
    _body(pen, _STEEL, darker(_STEEL, 0.3))
    for side in (-1, 1):
        pen.oval(side * 0.32, 0.3, 0.14, 0.1, lighter(_STEEL, 0.4))
        pen.oval(side * 0.33, 0.27, 0.13, 0.09, darker(_STEEL, 0.12))
    pen.line([(0, -0.05), (0, 0.4)], 0.02, lighter(_STEEL, 0.6))
    pen.blob([(-0.18, 0.48), (0.18, 0.48), (0.12, 0.36), (-0.12, 0.36)], darker(_STEEL, 0.3))
    _face(pen.at(0, 0.52, 0.36), skin, hair)
    pen.blob([(-0.18, 0.58), (-0.18, 0.86), (0.0, 0.97), (0.18, 0.86), (0.18, 0.58), (0.13, 0.62),
              (0.12, 0.79), (-0.12, 0.79), (-0.13, 0.62)], _STEEL)  # fmt: skip
    pen.line([(0, 0.82), (0, 0.96)], 0.025, lighter(_STEEL, 0.5))
    pen.curve([(0.0, 0.95), (-0.14, 0.99), (-0.26, 0.84)], 0.06, (196, 40, 40))


def angel(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for side in (-1, 1):
        pen.blob([(side * 0.14, 0.4), (side * 0.3, 0.86), (side * 0.46, 0.92), (side * 0.48, 0.4),
                  (side * 0.4, 0.0)], (234, 234, 242))  # fmt: skip
        for i in range(4):
            pen.line(
                [(side * 0.26, 0.5 - 0.08 * i), (side * 0.45, 0.72 - 0.16 * i)],
                0.014,
                (170, 176, 196),
            )
    pen.oval(0, 0.74, 0.27, 0.25, darker(GOLD, 0.25))
    pen.oval(0, 0.74, 0.25, 0.23, (244, 210, 104))
    woman(pen, colour, Circumstances(variant=look.variant * 12 + look.variant % 2))


BUSTS: dict[str, Form] = {
    "woman": woman, "man": man, "child": child, "king": king, "knight": knight, "angel": angel,
}  # fmt: skip
