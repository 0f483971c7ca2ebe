"""Mountains, volcanoes, waterfalls and cliffs; sun, moon, comet and rainbow."""

from __future__ import annotations

import math

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import SNOW, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter, mix

_ROCK: RGB = (122, 126, 146)


def mountain(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly(
        [(-0.95, 0), (-0.5, 0.48), (-0.36, 0.5), (0, 1.0), (0.34, 0.6), (0.5, 0.54), (0.95, 0)],
        _ROCK,
    )
    pen.poly(
        [(0, 1.0), (0.34, 0.6), (0.5, 0.54), (0.95, 0), (0.12, 0), (0.18, 0.4), (-0.02, 0.68)],
        darker(_ROCK, 0.3),
    )
    pen.poly(
        [(0, 1.0), (0.24, 0.72), (0.13, 0.76), (0.04, 0.64), (-0.08, 0.74), (-0.21, 0.7)], SNOW
    )
    if look.snowy:
        pen.poly([(-0.5, 0.48), (-0.36, 0.5), (-0.3, 0.36), (-0.44, 0.3), (-0.62, 0.32)], SNOW)


def volcano(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x, y, r in ((0.0, 0.82, 0.12), (0.08, 0.92, 0.15), (0.22, 1.0, 0.18), (0.42, 1.04, 0.2)):
        pen.oval(x, y, r, r * 0.7, (128, 122, 124))
    pen.lit().blob(
        [(-0.08, 0.7), (-0.05, 0.9), (0.0, 0.8), (0.05, 0.92), (0.1, 0.7)], (255, 150, 40)
    )
    ash: RGB = (98, 78, 76)
    pen.poly(
        [(-0.9, 0), (-0.4, 0.36), (-0.14, 0.74), (0.0, 0.69), (0.15, 0.75), (0.42, 0.36), (0.9, 0)],
        ash,
    )
    pen.poly([(0.02, 0.7), (0.15, 0.75), (0.42, 0.36), (0.9, 0), (0.1, 0)], darker(ash, 0.3))
    lava = pen.lit()
    lava.blob(
        [(-0.1, 0.73), (0.12, 0.74), (0.07, 0.5), (0.14, 0.3), (0.05, 0.14), (0.0, 0.4)],
        (240, 84, 28),
    )
    lava.curve([(-0.06, 0.7), (-0.16, 0.48), (-0.14, 0.3)], 0.05, (246, 120, 36))


def waterfall(pen: Pen, colour: RGB, look: Circumstances) -> None:
    rock: RGB = (110, 100, 92)
    pen.poly(
        [
            (-0.55, 0),
            (-0.5, 0.8),
            (-0.3, 1.0),
            (-0.1, 0.88),
            (0.12, 0.9),
            (0.32, 0.98),
            (0.5, 0.76),
            (0.55, 0),
        ],
        rock,
    )
    pen.poly([(0.2, 0.0), (0.16, 0.88), (0.32, 0.98), (0.5, 0.76), (0.55, 0)], darker(rock, 0.3))
    pen.poly([(-0.15, 0.9), (0.15, 0.9), (0.2, 0.06), (-0.2, 0.06)], (196, 224, 240))
    for x in (-0.1, -0.03, 0.05, 0.11):
        pen.line(
            [(x, 0.88), (x * 1.3, 0.08)], 0.022, (255, 255, 255) if x < 0.05 else (140, 186, 220)
        )
    for x, r in ((-0.24, 0.09), (-0.1, 0.11), (0.08, 0.11), (0.23, 0.09)):
        pen.oval(x, 0.06, r, r * 0.6, (240, 248, 252))
    for x, y in ((-0.4, 0.84), (-0.3, 0.96), (0.36, 0.92)):
        pen.oval(x, y, 0.1, 0.06, SNOW if look.snowy else (84, 132, 70))


def cliff(pen: Pen, colour: RGB, look: Circumstances) -> None:
    chalk: RGB = (224, 214, 194)
    pen.poly(
        [(-0.6, 0), (-0.6, 0.96), (0.1, 0.9), (0.22, 0.7), (0.26, 0.4), (0.42, 0.14), (0.6, 0)],
        chalk,
    )
    for x, y, high in ((-0.4, 0.2, 0.6), (-0.2, 0.1, 0.66), (0.02, 0.2, 0.56), (0.18, 0.06, 0.4)):
        pen.poly(
            [(x, y), (x + 0.06, y + 0.1), (x + 0.03, y + high), (x - 0.02, y + high * 0.6)],
            darker(chalk, 0.25),
        )
    pen.line([(-0.6, 0.3), (0.26, 0.34)], 0.02, darker(chalk, 0.3))
    pen.blob(
        [(-0.62, 0.9), (-0.3, 1.0), (0.06, 0.96), (0.14, 0.86), (-0.2, 0.88), (-0.62, 0.86)],
        SNOW if look.snowy else (104, 150, 78),
    )


def sun(pen: Pen, colour: RGB, look: Circumstances) -> None:
    disc = {"dawn": (255, 222, 140), "dusk": (255, 92, 34)}.get(look.hour, (255, 226, 70))
    halo = {"dawn": (254, 226, 200), "dusk": (252, 160, 74)}.get(look.hour, (255, 244, 190))
    glow = pen.lit()
    glow.oval(0, 0.5, 0.5, 0.5, mix(halo, (255, 255, 255), 0.1))
    glow.oval(0, 0.5, 0.36, 0.36, disc)


def moon(pen: Pen, colour: RGB, look: Circumstances) -> None:
    glow = pen.lit()
    glow.oval(0, 0.5, 0.5, 0.5, (74, 86, 130))
    glow.oval(0, 0.5, 0.38, 0.38, (248, 242, 208))
    if look.variant % 3 == 0:  # a crescent
        glow.oval(0.16, 0.56, 0.33, 0.33, (74, 86, 130))
        return
    for x, y, r in ((-0.1, 0.58, 0.08), (0.12, 0.4, 0.1), (0.06, 0.66, 0.05)):
        glow.oval(x, y, r, r * 0.85, (226, 216, 176))


def comet(pen: Pen, colour: RGB, look: Circumstances) -> None:
    glow = pen.lit()
    glow.poly([(-1.08, 0.98), (0.7, 0.42), (0.62, 0.12), (-1.08, 0.72)], (96, 112, 158))
    glow.poly([(-0.8, 0.86), (0.7, 0.36), (0.64, 0.18), (-0.6, 0.68)], (176, 186, 206))
    glow.oval(0.72, 0.26, 0.28, 0.26, (255, 248, 214))


def star(pen: Pen, colour: RGB, look: Circumstances) -> None:
    points = []
    for i in range(10):
        reach = 0.5 if i % 2 == 0 else 0.21
        points.append((reach * math.sin(i * math.pi / 5), 0.5 + reach * math.cos(i * math.pi / 5)))
    pen.lit().poly(points, (236, 190, 40))


def rainbow(pen: Pen, colour: RGB, look: Circumstances) -> None:
    bands = (
        (206, 64, 60),
        (238, 146, 60),
        (246, 220, 90),
        (96, 178, 96),
        (70, 120, 200),
        (126, 84, 172),
    )
    for i, band in enumerate(bands):
        reach = 1.04 - 0.065 * i
        arc = [
            (reach * math.cos(t / 16 * math.pi), 0.92 * reach * math.sin(t / 16 * math.pi))
            for t in range(17)
        ]
        pen.line(arc, 0.07, lighter(band, 0.15))


SHAPES: dict[str, Form] = {
    "mountain": mountain, "volcano": volcano, "waterfall": waterfall, "cliff": cliff, "sun": sun,
    "moon": moon, "comet": comet, "star": star, "rainbow": rainbow,
}  # fmt: skip
