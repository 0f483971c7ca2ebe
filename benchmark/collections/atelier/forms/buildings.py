"""Houses, churches, mills, lighthouses and castles."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import GLASS, LAMP, SNOW, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, Point, darker, lighter

ROOF: RGB = (158, 78, 56)
SLATE: RGB = (84, 90, 108)
STONE: RGB = (176, 168, 150)


def roof(pen: Pen, points: list[Point], colour: RGB, look: Circumstances) -> None:
    """A roof, under snow in winter."""
    pen.poly(points, SNOW if look.snowy else colour)


def window(pen: Pen, x: float, y: float, width: float, height: float, look: Circumstances) -> None:
    """A window, lit at night."""
    (pen.lit() if look.night else pen).box(x, y, width, height, LAMP if look.night else GLASS)


def house(pen: Pen, colour: RGB, look: Circumstances) -> None:
    tiles = (ROOF, SLATE, (120, 70, 50))[look.variant % 3]
    pen.box(0.36, 0.7, 0.12, 0.34, darker(ROOF, 0.4))
    pen.box(0.05, 0, 1.2, 0.6, colour)
    pen.poly(
        [(-0.66, 0), (-0.16, 0), (-0.16, 0.58), (-0.41, 0.94), (-0.66, 0.58)], darker(colour, 0.16)
    )
    roof(pen, [(-0.24, 0.56), (0.7, 0.56), (0.54, 0.98), (-0.42, 0.98)], tiles, look)
    pen.line(
        [(-0.7, 0.53), (-0.41, 0.96), (-0.13, 0.53)], 0.06, SNOW if look.snowy else darker(tiles)
    )
    pen.box(0.08, 0, 0.19, 0.38, WOOD)
    pen.oval(0.13, 0.18, 0.02, 0.02, (230, 200, 90))
    for x in (-0.41, 0.42):
        pen.box(x, 0.21, 0.24, 0.27, lighter(colour, 0.7) if sum(colour) < 560 else (120, 90, 64))
        window(pen, x, 0.24, 0.18, 0.21, look)
        pen.box(x, 0.24, 0.022, 0.21, lighter(colour, 0.6))


def church(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.box(0.16, 0, 0.6, 0.3, colour)
    roof(pen, [(-0.14, 0.3), (0.5, 0.3), (0.42, 0.46), (-0.14, 0.46)], SLATE, look)
    pen.box(-0.22, 0, 0.27, 0.56, darker(colour, 0.12))
    pen.box(-0.22, 0.55, 0.31, 0.025, darker(colour, 0.35))
    roof(pen, [(-0.38, 0.57), (-0.06, 0.57), (-0.22, 0.9)], SLATE, look)
    for points in ([(-0.22, 0.88), (-0.22, 1.0)], [(-0.27, 0.955), (-0.17, 0.955)]):
        pen.line(points, 0.024, (30, 28, 30))
    for x in (0.02, 0.18, 0.34):
        window(pen, x, 0.09, 0.065, 0.1, look)
        (pen.lit() if look.night else pen).oval(
            x, 0.19, 0.033, 0.035, LAMP if look.night else GLASS
        )
    (pen.lit() if look.night else pen).oval(
        -0.22, 0.43, 0.055, 0.055, LAMP if look.night else GLASS
    )
    pen.box(-0.22, 0, 0.11, 0.15, WOOD)
    pen.oval(-0.22, 0.15, 0.055, 0.05, WOOD)


def windmill(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.23, 0), (0.23, 0), (0.14, 0.6), (-0.14, 0.6)], colour)
    pen.poly([(0.06, 0), (0.23, 0), (0.14, 0.6), (0.04, 0.6)], darker(colour, 0.25))
    roof(pen, [(-0.17, 0.58), (0.17, 0.58), (0.06, 0.74), (-0.06, 0.74)], ROOF, look)
    pen.box(0.0, 0, 0.12, 0.17, WOOD)
    window(pen, -0.05, 0.3, 0.07, 0.09, look)
    for dx, dy in ((0.27, 0.27), (-0.27, 0.27), (-0.27, -0.27), (0.27, -0.27)):
        side = (-dy * 0.3, dx * 0.3)
        arm, tip = (dx * 0.25, 0.64 + dy * 0.25), (dx * 1.3, 0.64 + dy * 1.3)
        edge = (tip[0] + side[0], tip[1] + side[1])
        root = (arm[0] + side[0], arm[1] + side[1])
        pen.poly([arm, tip, edge, root], (234, 222, 192))
        pen.line([(0, 0.64), tip], 0.03, (58, 40, 30))
        pen.line([root, edge, tip], 0.016, (58, 40, 30))
    pen.oval(0, 0.64, 0.04, 0.04, (58, 40, 30))


def lighthouse(pen: Pen, colour: RGB, look: Circumstances) -> None:
    if look.night:
        pen.lit().poly([(0, 0.85), (1.4, 1.0), (1.4, 0.7)], (150, 140, 96))
    pen.blob([(-0.3, 0.0), (-0.2, 0.07), (0.2, 0.07), (0.3, 0.0)], (120, 116, 112))
    pen.poly([(-0.15, 0.03), (0.15, 0.03), (0.09, 0.76), (-0.09, 0.76)], colour)
    band = (214, 62, 52) if sum(colour) > 500 else (244, 240, 232)
    for y in (0.2, 0.46):
        reach = 0.142 - 0.08 * y
        pen.poly(
            [(-reach, y), (reach, y), (reach - 0.01, y + 0.11), (-reach + 0.01, y + 0.11)],
            band if sum(colour) < 500 else darker(colour, 0.2),
        )
    pen.poly([(0.03, 0.03), (0.15, 0.03), (0.09, 0.76), (0.03, 0.76)], darker(colour, 0.2))
    pen.box(0, 0.75, 0.27, 0.035, (60, 58, 64))
    (pen.lit() if look.night else pen).box(0, 0.78, 0.14, 0.12, (255, 226, 120))
    for x in (-0.07, 0.0, 0.07):
        pen.line([(x, 0.78), (x, 0.9)], 0.016, (60, 58, 64))
    pen.poly([(-0.11, 0.9), (0.11, 0.9), (0, 1.0)], (70, 52, 52))
    pen.box(0, 0.04, 0.08, 0.12, WOOD)


def castle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    def battlement(x: float, y: float, width: float, count: int) -> None:
        for i in range(count):
            pen.box(x - width / 2 + width * (i + 0.5) / count, y, width / count * 0.6, 0.055, STONE)

    pen.box(0, 0, 0.86, 0.42, STONE)
    battlement(0, 0.42, 0.86, 8)
    pen.box(0.02, 0.3, 0.3, 0.42, darker(STONE, 0.12))
    battlement(0.02, 0.72, 0.32, 4)
    pen.line([(0.02, 0.74), (0.02, 1.0)], 0.018, (60, 50, 44))
    pen.poly([(0.02, 1.0), (0.2, 0.95), (0.02, 0.9)], (196, 40, 42))
    for x in (-0.46, 0.46):
        pen.box(x, 0, 0.24, 0.6, darker(STONE, 0.2 if x > 0 else 0.05))
        roof(pen, [(x - 0.15, 0.6), (x + 0.15, 0.6), (x, 0.86)], (70, 88, 130), look)
        window(pen, x, 0.36, 0.05, 0.11, look)
    pen.box(0, 0, 0.2, 0.18, WOOD)
    pen.oval(0, 0.18, 0.1, 0.08, WOOD)
    for x in (-0.07, 0.0, 0.07):
        pen.line([(x, 0.0), (x, 0.22)], 0.014, (40, 30, 26))
    window(pen, 0.02, 0.52, 0.06, 0.11, look)


SHAPES: dict[str, Form] = {
    "house": house, "church": church, "windmill": windmill, "lighthouse": lighthouse,
    "castle": castle,
}  # fmt: skip
