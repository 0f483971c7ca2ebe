"""Chairs and beds; mirrors, windows and clocks on the wall."""

from __future__ import annotations

import math

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def chair(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.16, 0.14):
        pen.box(x, 0.04, 0.06, 0.42, darker(colour, 0.4))
    for x in (-0.22, 0.22):
        pen.box(x, 0.4, 0.07, 0.6, colour)
    for y in (0.62, 0.76, 0.9):
        pen.box(0, y, 0.42, 0.06, darker(colour, 0.12))
    pen.poly([(-0.26, 0.48), (0.26, 0.48), (0.3, 0.36), (-0.3, 0.36)], (222, 188, 120))
    pen.poly([(-0.3, 0.36), (0.3, 0.36), (0.3, 0.31), (-0.3, 0.31)], colour)
    for x in (-0.26, 0.26):
        pen.box(x, 0.0, 0.07, 0.34, colour)
    pen.box(0, 0.14, 0.48, 0.04, darker(colour, 0.2))


def bed(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.box(-0.86, 0.0, 0.12, 1.0, WOOD)
    pen.oval(-0.86, 0.99, 0.08, 0.06, WOOD)
    pen.box(0.86, 0.0, 0.12, 0.62, WOOD)
    pen.box(0.0, 0.18, 1.66, 0.16, darker(WOOD, 0.2))
    for x in (-0.78, 0.78):
        pen.box(x, 0.0, 0.1, 0.2, darker(WOOD, 0.3))
    pen.blob([(-0.8, 0.5), (-0.8, 0.78), (-0.5, 0.84), (-0.36, 0.6)], (248, 246, 240))
    pen.poly([(-0.8, 0.3), (-0.8, 0.52), (0.8, 0.52), (0.8, 0.3)], (240, 236, 226))
    pen.blob(
        [(-0.36, 0.3), (-0.42, 0.58), (0.0, 0.64), (0.78, 0.58), (0.82, 0.2), (0.2, 0.22)], colour
    )
    pen.blob([(-0.42, 0.5), (-0.42, 0.62), (-0.2, 0.64), (-0.22, 0.44)], lighter(colour, 0.5))
    for x in (0.0, 0.26, 0.52):
        pen.line([(x, 0.24), (x + 0.06, 0.58)], 0.035, darker(colour, 0.2))


def mirror(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.5, 0.35, 0.5, darker(GOLD, 0.25))
    pen.oval(0, 0.5, 0.32, 0.46, GOLD)
    for i in range(14):
        turn = 2 * math.pi * i / 14
        pen.oval(0.33 * math.cos(turn), 0.5 + 0.47 * math.sin(turn), 0.03, 0.03, lighter(GOLD, 0.4))
    pen.oval(0, 0.5, 0.26, 0.39, (188, 206, 216))
    pen.poly([(-0.18, 0.52), (0.06, 0.82), (0.13, 0.76), (-0.14, 0.4)], (236, 244, 248))
    pen.poly([(-0.04, 0.3), (0.18, 0.58), (0.2, 0.5), (0.02, 0.24)], (222, 234, 240))


def window(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """Daylight, or evening, outside."""
    sky = ((150, 200, 236), (250, 190, 130), (206, 220, 230))[look.variant % 3]
    pen.box(0, 0, 0.74, 1.0, (150, 116, 80))
    pen.lit().box(0, 0.08, 0.6, 0.85, sky)
    pen.lit().blob(
        [(-0.3, 0.08), (-0.3, 0.3), (-0.1, 0.38), (0.12, 0.3), (0.3, 0.36), (0.3, 0.08)],
        (122, 164, 98),
    )
    pen.lit().oval(0.08, 0.72, 0.12, 0.04, (255, 255, 255))
    pen.box(0, 0.06, 0.05, 0.88, (214, 190, 150))
    for y in (0.36, 0.64):
        pen.box(0, y, 0.62, 0.04, (214, 190, 150))
    pen.box(0, -0.02, 0.86, 0.08, (180, 146, 104))


def clock(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.5, 0.46, 0.5, darker(WOOD, 0.2))
    pen.oval(0, 0.5, 0.41, 0.45, GOLD)
    pen.oval(0, 0.5, 0.36, 0.395, (248, 244, 230))
    for i in range(12):
        turn = math.pi * i / 6
        pen.oval(0.3 * math.sin(turn), 0.5 + 0.32 * math.cos(turn), 0.03, 0.03, DARK)
    hour = look.variant % 12
    for turn, reach, width in (
        (math.pi * hour / 6, 0.17, 0.05),
        (math.pi * (hour * 5 % 12) / 6, 0.27, 0.035),
    ):
        pen.line([(0, 0.5), (reach * math.sin(turn), 0.5 + reach * math.cos(turn))], width, DARK)
    pen.oval(0, 0.5, 0.04, 0.04, (180, 40, 40))


SHAPES: dict[str, Form] = {
    "chair": chair, "bed": bed, "mirror": mirror, "window": window, "clock": clock,
}  # fmt: skip
