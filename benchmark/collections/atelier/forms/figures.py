"""Sacred and mythological figures, standing, dignified, with or without a halo."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, LEAF
from benchmark.collections.atelier.forms.people import HAIRS, SKINS, crown, head
from benchmark.collections.atelier.painters import Figure
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

HAND_FIGURE = (0.26, 0.6)
"""The raised hand that holds the attribute, in the frame of a figure."""
_STEEL: RGB = (170, 176, 188)
_HABIT: RGB = (112, 78, 50)
_HIDE: RGB = (150, 104, 56)


def figure(pen: Pen, colour: RGB, look: Circumstances, kind: Figure) -> None:
    """The figure from head to foot, one unit high."""
    skin = SKINS[look.variant % 2]
    hair = (206, 202, 196) if kind.age == "old" else HAIRS[look.variant // 4 % 4]
    if kind.halo:
        pen.oval(0, 0.9, 0.155, 0.155, darker(GOLD, 0.3))
        pen.oval(0, 0.9, 0.14, 0.14, (240, 204, 96))
    cloth = {"habit": _HABIT, "hide": _HIDE, "armour": _STEEL}.get(kind.dress, colour)
    if kind.dress in ("robe", "cardinal", "habit", "deacon") or (
        kind.dress == "armour" and kind.sex == "f"
    ):
        _robe(pen, colour if kind.dress == "armour" else cloth, kind)
    else:
        _legs(pen, skin, cloth, kind)
    if kind.dress == "armour":
        pen.blob([(-0.15, 0.5), (-0.17, 0.76), (0.0, 0.8), (0.17, 0.76), (0.15, 0.5)], _STEEL)
        pen.line([(-0.08, 0.7), (0.0, 0.64), (0.08, 0.7)], 0.02, darker(_STEEL, 0.4))
    sleeve = skin if kind.dress in ("nude", "hide", "tunic") else darker(cloth, 0.14)
    x, y = HAND_FIGURE
    pen.curve([(-0.15, 0.74), (-0.21, 0.6), (-0.1, 0.5)], 0.085, darker(sleeve, 0.1))
    pen.oval(-0.09, 0.5, 0.035, 0.035, skin)
    pen.curve([(0.15, 0.74), (0.23, 0.62), (x, y)], 0.085, sleeve)
    pen.oval(x, y, 0.036, 0.04, skin)
    _head(pen, skin, hair, kind)


def _robe(pen: Pen, colour: RGB, kind: Figure) -> None:
    pen.blob([(-0.25, 0.0), (-0.2, 0.4), (-0.16, 0.76), (0.0, 0.8), (0.16, 0.76), (0.2, 0.4),
              (0.25, 0.0)], colour)  # fmt: skip
    for x in (-0.13, -0.03, 0.09, 0.17):
        pen.curve([(x, 0.02), (x * 0.8, 0.3), (x * 0.5, 0.56)], 0.018, darker(colour, 0.28))
    for x in (-0.09, 0.09):
        pen.oval(x, 0.01, 0.05, 0.02, (206, 160, 126))
    if kind.dress == "habit":
        pen.line([(-0.17, 0.48), (0.17, 0.48)], 0.03, (226, 214, 180))
        pen.line([(0.08, 0.47), (0.1, 0.2)], 0.025, (226, 214, 180))
    elif kind.dress == "deacon":
        pen.poly([(-0.2, 0.26), (0.2, 0.26), (0.16, 0.76), (-0.16, 0.76)], lighter(colour, 0.1))
        for y in (0.28, 0.46):
            pen.box(0, y, 0.36, 0.05, GOLD)
        pen.box(0, 0.3, 0.09, 0.46, GOLD)
    elif kind.dress == "cardinal":
        pen.blob(
            [(-0.2, 0.5), (-0.18, 0.78), (0.18, 0.78), (0.2, 0.5), (0.0, 0.44)],
            darker(colour, 0.22),
        )
        pen.line([(0, 0.46), (0, 0.76)], 0.02, lighter(colour, 0.6))
    else:
        # A mantle of another colour, over one shoulder and across the knees.
        mantle = (44, 72, 140) if colour[0] > colour[2] else (176, 52, 48)
        pen.blob(
            [(-0.18, 0.76), (-0.06, 0.78), (0.14, 0.46), (0.22, 0.22), (0.06, 0.26), (-0.16, 0.44)],
            mantle,
        )
        pen.blob(
            [(-0.18, 0.76), (-0.24, 0.3), (-0.27, 0.02), (-0.15, 0.02), (-0.12, 0.5)],
            darker(mantle, 0.2),
        )
        pen.line([(-0.06, 0.77), (0.06, 0.77)], 0.03, GOLD)


def _legs(pen: Pen, skin: RGB, cloth: RGB, kind: Figure) -> None:
    for x in (-0.08, 0.08):
        shin = _STEEL if kind.dress == "armour" else skin
        pen.poly([(x - 0.065, 0.46), (x + 0.065, 0.46), (x + 0.04, 0.03), (x - 0.04, 0.03)], shin)
        pen.line([(x + 0.03, 0.44), (x + 0.03, 0.05)], 0.03, darker(shin, 0.16))
        pen.oval(x + 0.02, 0.02, 0.06, 0.025, darker(shin, 0.2))
    torso = cloth if kind.dress in ("tunic", "hide", "armour") else skin
    pen.blob([(-0.13, 0.42), (-0.12, 0.56), (-0.17, 0.75), (0.0, 0.8), (0.17, 0.75), (0.12, 0.56),
              (0.13, 0.42)], torso)  # fmt: skip
    if kind.dress == "nude":
        pen.curve([(-0.1, 0.66), (0.0, 0.63), (0.1, 0.66)], 0.016, darker(skin, 0.25))
        pen.line([(0, 0.63), (0, 0.5)], 0.014, darker(skin, 0.2))
        pen.blob([(-0.16, 0.5), (0.16, 0.5), (0.14, 0.34), (0.02, 0.28), (-0.14, 0.36)], cloth)
        pen.blob([(0.1, 0.48), (0.2, 0.4), (0.16, 0.2), (0.08, 0.34)], darker(cloth, 0.2))
    else:
        pen.blob([(-0.14, 0.5), (0.14, 0.5), (0.2, 0.26), (0.0, 0.24), (-0.2, 0.26)], cloth)
        for x in (-0.1, 0.0, 0.1):
            pen.line([(x, 0.28), (x * 0.8, 0.46)], 0.018, darker(cloth, 0.3))
        pen.line([(-0.14, 0.49), (0.14, 0.49)], 0.03, (110, 74, 40))
    if kind.dress == "hide":
        for x, y in ((-0.08, 0.62), (0.04, 0.68), (0.08, 0.56), (-0.04, 0.36), (0.1, 0.34)):
            pen.line([(x, y), (x - 0.02, y - 0.05)], 0.02, darker(_HIDE, 0.45))


def _head(pen: Pen, skin: RGB, hair: RGB, kind: Figure) -> None:
    own = pen.at(0, 0.82, 0.155)
    head(own, skin, skin if kind.hair == "bald" else hair, kind.hair == "long" or kind.sex == "f")
    if kind.hair == "bald":
        for side in (-1, 1):
            own.oval(side * 0.4, 0.52, 0.09, 0.2, hair)
    elif kind.hair == "wreath":
        for x, y in ((-0.4, 0.72), (-0.24, 0.9), (0.0, 0.98), (0.24, 0.9), (0.4, 0.72)):
            own.oval(x, y, 0.15, 0.11, LEAF)
    elif kind.hair == "crown":
        crown(pen.at(0, 0.955, 0.075))
    if kind.beard:
        own.blob([(-0.36, 0.4), (-0.3, 0.0), (0.0, -0.36), (0.3, 0.0), (0.36, 0.4), (0.14, 0.28),
                  (-0.14, 0.28)], hair)  # fmt: skip
        own.line([(-0.08, 0.17), (0.08, 0.17)], 0.06, (150, 70, 64))
    if kind.dress == "cardinal":
        own.oval(0, 0.98, 0.62, 0.1, (190, 30, 36))
        own.oval(0, 1.06, 0.3, 0.16, (190, 30, 36))
    if kind.dress == "armour" and kind.sex == "f":
        own.blob([(-0.42, 0.66), (-0.3, 1.1), (0.3, 1.1), (0.42, 0.66), (0.0, 0.86)], _STEEL)
        own.curve([(0.3, 1.1), (0.0, 1.36), (-0.5, 1.0)], 0.14, (196, 40, 40))
    own.line([(-0.2, 0.62), (-0.08, 0.63)], 0.04, DARK)
    own.line([(0.08, 0.63), (0.2, 0.62)], 0.04, DARK)
