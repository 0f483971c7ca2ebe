"""The attributes by which saints, gods and virtues are known."""

from __future__ import annotations

import math

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, WOOD, Form
from benchmark.collections.atelier.forms.people import crown as plain_crown
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_IRON: RGB = (70, 68, 72)


def crown(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.1, 0.54, 0.1, darker(GOLD, 0.35))
    plain_crown(pen.at(0, 0.12, 0.78))
    pen.curve([(-0.56, 0.14), (0, 0.04), (0.56, 0.14)], 0.12, lighter(GOLD, 0.15))


def scales(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0, 0.04), (0, 0.9)], 0.045, GOLD)
    pen.oval(0, 0.94, 0.06, 0.06, GOLD)
    pen.box(0, 0, 0.3, 0.05, darker(GOLD, 0.3))
    pen.line([(-0.36, 0.82), (0.36, 0.82)], 0.045, GOLD)
    for x in (-0.34, 0.34):
        pen.line([(x - 0.13, 0.42), (x, 0.81), (x + 0.13, 0.42)], 0.018, darker(GOLD, 0.4))
        pen.blob([(x - 0.17, 0.44), (x - 0.1, 0.32), (x + 0.1, 0.32), (x + 0.17, 0.44)], GOLD)


def wheel(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A spiked wheel with a piece broken out."""
    for i in range(10):
        turn = 2 * math.pi * i / 10 + 0.25
        if 0.1 < turn < 1.2:
            continue
        x, y = math.cos(turn), math.sin(turn)
        pen.poly([(0.4 * x - 0.05 * y, 0.5 + 0.4 * y + 0.05 * x), (0.54 * x, 0.5 + 0.54 * y),
                  (0.4 * x + 0.05 * y, 0.5 + 0.4 * y - 0.05 * x)], _IRON)  # fmt: skip
    rim = [
        (0.38 * math.cos(t / 20 * 5.0 + 1.25), 0.5 + 0.38 * math.sin(t / 20 * 5.0 + 1.25))
        for t in range(21)
    ]
    pen.line(rim, 0.11, WOOD)
    for i in range(8):
        turn = 2 * math.pi * i / 8 + 0.2
        reach = 0.2 if i == 1 or i == 0 else 0.36
        pen.line([(0, 0.5), (reach * math.cos(turn), 0.5 + reach * math.sin(turn))], 0.05, WOOD)
    pen.oval(0, 0.5, 0.09, 0.09, darker(WOOD, 0.3))
    pen.line([(0.36, 0.86), (0.5, 0.7)], 0.1, WOOD)


def trident(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0, 0.0), (0, 0.98)], 0.035, GOLD)
    pen.curve([(-0.12, 0.96), (-0.11, 0.8), (0, 0.74), (0.11, 0.8), (0.12, 0.96)], 0.035, GOLD)
    for x, y in ((-0.12, 0.93), (0.0, 0.95), (0.12, 0.93)):
        pen.poly([(x - 0.04, y), (x + 0.04, y), (x, y + 0.07)], GOLD)


def scallop(pen: Pen, colour: RGB, look: Circumstances) -> None:
    shell: RGB = (240, 214, 190)
    pen.box(0, 0, 0.4, 0.16, darker(shell, 0.2))
    pen.blob([(0, 0.06), (-0.44, 0.4), (-0.52, 0.66), (-0.3, 0.92), (0, 1.0), (0.3, 0.92), (0.52, 0.66),
              (0.44, 0.4)], shell)  # fmt: skip
    for x, y in (
        (-0.46, 0.62),
        (-0.3, 0.84),
        (-0.11, 0.94),
        (0.11, 0.94),
        (0.3, 0.84),
        (0.46, 0.62),
    ):
        pen.line([(0, 0.1), (x, y)], 0.04, (206, 132, 110))


def gridiron(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0, 0.0), (0, 0.4)], 0.06, _IRON)
    for x in (-0.26, -0.13, 0.0, 0.13, 0.26):
        pen.line([(x, 0.4), (x, 0.98)], 0.05, _IRON)
    for y in (0.4, 0.68, 0.97):
        pen.line([(-0.29, y), (0.29, y)], 0.06, _IRON)


def saltire(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for side in (-1, 1):
        pen.line([(-side * 0.4, 0.03), (side * 0.4, 0.97)], 0.11, WOOD)
        pen.line([(-side * 0.4, 0.05), (side * 0.38, 0.97)], 0.025, lighter(WOOD, 0.3))
    pen.oval(0, 0.5, 0.03, 0.03, DARK)


def jar(pen: Pen, colour: RGB, look: Circumstances) -> None:
    stone: RGB = (240, 234, 220)
    pen.box(0, 0, 0.5, 0.08, GOLD)
    pen.blob(
        [(-0.22, 0.06), (-0.36, 0.34), (-0.26, 0.6), (0.26, 0.6), (0.36, 0.34), (0.22, 0.06)], stone
    )
    pen.blob(
        [(0.06, 0.06), (0.18, 0.6), (0.26, 0.6), (0.36, 0.34), (0.22, 0.06)], darker(stone, 0.2)
    )
    pen.box(0, 0.58, 0.6, 0.08, GOLD)
    pen.blob([(-0.28, 0.66), (-0.12, 0.86), (0.12, 0.86), (0.28, 0.66)], stone)
    pen.oval(0, 0.92, 0.08, 0.08, GOLD)
    pen.curve([(-0.34, 0.34), (0, 0.28), (0.34, 0.34)], 0.05, GOLD)


def bell(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(-0.08, 0.86), (0, 1.0), (0.08, 0.86)], 0.05, darker(GOLD, 0.4))
    pen.oval(0, 0.08, 0.1, 0.08, darker(GOLD, 0.6))
    pen.blob(
        [
            (-0.42, 0.12),
            (-0.26, 0.36),
            (-0.22, 0.7),
            (0, 0.9),
            (0.22, 0.7),
            (0.26, 0.36),
            (0.42, 0.12),
        ],
        GOLD,
    )
    pen.blob(
        [(0.08, 0.12), (0.1, 0.86), (0.22, 0.7), (0.26, 0.36), (0.42, 0.12)], darker(GOLD, 0.28)
    )
    pen.line([(-0.4, 0.15), (0.4, 0.15)], 0.07, darker(GOLD, 0.4))
    pen.line([(-0.14, 0.4), (-0.12, 0.7)], 0.05, lighter(GOLD, 0.6))


def eyes(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Two eyes on a dish, seen a little from above."""
    pen.oval(0, 0.3, 1.2, 0.3, darker(GOLD, 0.3))
    pen.oval(0, 0.38, 1.14, 0.26, (240, 214, 140))
    for x in (-0.45, 0.45):
        pen.oval(x, 0.66, 0.4, 0.34, (252, 250, 244))
        pen.oval(x, 0.66, 0.2, 0.24, (60, 110, 160))
        pen.oval(x, 0.66, 0.1, 0.13, DARK)
        pen.curve([(x - 0.4, 0.68), (x, 1.02), (x + 0.4, 0.68)], 0.07, DARK)


def reed_cross(pen: Pen, colour: RGB, look: Circumstances) -> None:
    reed: RGB = (196, 156, 84)
    pen.line([(0, 0.0), (0, 1.0)], 0.03, reed)
    pen.line([(-0.12, 0.86), (0.12, 0.86)], 0.03, reed)
    pen.blob(
        [(0.0, 0.8), (0.14, 0.76), (0.1, 0.66), (0.16, 0.56), (0.06, 0.58), (0.02, 0.68)],
        (250, 246, 232),
    )
    for y in (0.74, 0.66):
        pen.line([(0.03, y), (0.1, y - 0.02)], 0.012, DARK)


def caduceus(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0, 0.0), (0, 0.9)], 0.035, GOLD)
    for side in (-1, 1):
        pen.blob(
            [(0, 0.84), (side * 0.12, 0.98), (side * 0.26, 0.96), (side * 0.14, 0.84)],
            (246, 246, 250),
        )
        pen.curve(
            [
                (0, 0.12),
                (side * 0.12, 0.24),
                (0, 0.38),
                (-side * 0.11, 0.52),
                (0, 0.64),
                (side * 0.1, 0.74),
            ],
            0.045,
            (52, 122, 62) if side > 0 else (120, 150, 50),
        )
    pen.oval(0, 0.93, 0.05, 0.05, GOLD)


SHAPES: dict[str, Form] = {
    "crown": crown, "scales": scales, "broken wheel": wheel, "trident": trident,
    "scallop shell": scallop, "gridiron": gridiron, "diagonal cross": saltire,
    "ointment jar": jar, "bell": bell, "pair of eyes on a dish": eyes, "reed cross": reed_cross,
    "caduceus": caduceus,
}  # fmt: skip
