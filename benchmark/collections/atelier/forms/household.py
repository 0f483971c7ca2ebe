"""Books, candles, keys, lanterns, letters, hats, globes and umbrellas."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter


def book(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.8, 0.62), (-0.62, 1.0), (0.96, 1.0), (0.8, 0.62)], colour)
    pen.poly([(-0.6, 0.7), (-0.5, 0.92), (0.78, 0.92), (0.66, 0.7)], lighter(colour, 0.22))
    pen.box(0, 0.14, 1.5, 0.42, (238, 228, 198))
    for y in (0.26, 0.36, 0.46):
        pen.line([(-0.74, y), (0.74, y)], 0.025, (178, 160, 122))
    pen.poly([(0.8, 0.62), (0.96, 1.0), (0.96, 0.4), (0.8, 0.0)], darker(colour, 0.2))
    pen.box(0, 0.5, 1.62, 0.14, darker(colour, 0.12))
    pen.box(0, 0, 1.62, 0.16, darker(colour, 0.12))
    pen.box(-0.78, 0, 0.1, 0.64, darker(colour, 0.25))


def candle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    glow = pen.lit()
    for radius, halo in ((0.25, (120, 84, 40)), (0.18, (168, 118, 52)), (0.115, (222, 166, 76))):
        glow.oval(0, 0.86, radius, radius, halo)
    pen.oval(0, 0.05, 0.24, 0.055, (150, 112, 48))
    pen.curve([(0.18, 0.06), (0.3, 0.14), (0.2, 0.2)], 0.04, (150, 112, 48))
    pen.box(0, 0.05, 0.16, 0.1, (186, 144, 64))
    glow.box(0, 0.13, 0.13, 0.57, (240, 230, 204))
    pen.box(0.045, 0.13, 0.04, 0.57, (196, 178, 146))
    pen.line([(0, 0.69), (0, 0.77)], 0.02, DARK)
    glow.blob([(-0.05, 0.79), (0, 0.73), (0.05, 0.79), (0, 1.0)], (255, 186, 56))
    glow.oval(0, 0.79, 0.028, 0.05, (255, 246, 200))


def key(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(-0.8, 0.5, 0.42, 0.46, GOLD)
    pen.oval(-0.8, 0.5, 0.22, 0.24, darker(GOLD, 0.75))
    pen.line([(-0.4, 0.5), (1.15, 0.5)], 0.2, GOLD)
    for x, deep in ((0.72, 0.42), (1.06, 0.5)):
        pen.box(x, 0.5 - deep, 0.2, deep, GOLD)
    pen.line([(-0.4, 0.57), (1.1, 0.57)], 0.06, lighter(GOLD, 0.5))
    pen.box(-0.3, 0.34, 0.12, 0.32, darker(GOLD, 0.2))


def lantern(pen: Pen, colour: RGB, look: Circumstances) -> None:
    iron: RGB = (60, 56, 60)
    pen.curve([(-0.12, 0.8), (-0.1, 0.98), (0.1, 0.98), (0.12, 0.8)], 0.035, iron)
    pen.lit().box(0, 0.14, 0.34, 0.5, (255, 214, 110))
    pen.lit().blob([(-0.06, 0.24), (0, 0.2), (0.06, 0.24), (0.0, 0.5)], (255, 140, 40))
    for x in (-0.18, 0.0, 0.18):
        pen.line([(x, 0.12), (x, 0.64)], 0.03, iron)
    pen.box(0, 0.03, 0.48, 0.11, iron)
    pen.poly([(-0.26, 0.63), (0.26, 0.63), (0.1, 0.83), (-0.1, 0.83)], iron)


def letter(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.78, 0.04), (0.78, 0.04), (0.78, 0.96), (-0.78, 0.96)], (248, 242, 224))
    pen.poly([(-0.78, 0.96), (0.78, 0.96), (0, 0.36)], (226, 216, 190))
    for line in (
        [(-0.78, 0.96), (0, 0.36), (0.78, 0.96)],
        [(-0.78, 0.06), (-0.2, 0.5)],
        [(0.78, 0.06), (0.2, 0.5)],
    ):
        pen.line(line, 0.045, (160, 148, 120))
    pen.oval(0, 0.38, 0.18, 0.18, (190, 34, 38))
    pen.oval(-0.04, 0.42, 0.07, 0.07, (226, 90, 84))


def hat(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.16, 0.94, 0.16, darker(colour, 0.2))
    pen.oval(0, 0.2, 0.92, 0.13, colour)
    pen.blob(
        [
            (-0.48, 0.2),
            (-0.44, 0.8),
            (-0.2, 1.0),
            (0.0, 0.92),
            (0.2, 1.0),
            (0.44, 0.8),
            (0.48, 0.2),
        ],
        colour,
    )
    pen.blob([(0.1, 0.2), (0.2, 0.98), (0.44, 0.8), (0.48, 0.2)], darker(colour, 0.2))
    band = (40, 36, 40) if sum(colour) > 200 else (180, 40, 40)
    pen.poly([(-0.48, 0.2), (0.48, 0.2), (0.47, 0.4), (-0.47, 0.4)], band)


def globe(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.05, 0.26, 0.05, WOOD)
    pen.line([(0, 0.05), (0, 0.24)], 0.07, WOOD)
    pen.curve([(-0.2, 0.27), (0.18, 0.24), (0.38, 0.5), (0.3, 0.86), (0.08, 0.99)], 0.05, GOLD)
    pen.oval(0, 0.6, 0.35, 0.36, (44, 108, 168))
    for land in ([(-0.22, 0.84), (0.0, 0.88), (0.02, 0.7), (-0.14, 0.6), (-0.26, 0.7)],
                 [(-0.1, 0.54), (0.02, 0.52), (0.0, 0.34), (-0.1, 0.38)],
                 [(0.12, 0.78), (0.28, 0.74), (0.3, 0.56), (0.2, 0.44), (0.12, 0.58)]):  # fmt: skip
        pen.blob(land, (120, 160, 74))
    pen.oval(-0.16, 0.76, 0.07, 0.06, (150, 196, 226))


def umbrella(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0, 0.06), (0, 0.96)], 0.026, WOOD)
    pen.curve([(0, 0.08), (0.02, 0.0), (0.1, 0.02), (0.1, 0.08)], 0.035, WOOD)
    pen.poly([(-0.62, 0.55), (-0.5, 0.76), (-0.26, 0.92), (0, 0.97), (0.26, 0.92), (0.5, 0.76), (0.62, 0.55),
              (0.42, 0.62), (0.21, 0.55), (0, 0.62), (-0.21, 0.55), (-0.42, 0.62)], colour)  # fmt: skip
    for a, b in ((-0.42, -0.21), (0.0, 0.21), (0.42, 0.62)):
        pen.poly([(0, 0.97), (a, 0.62), (b, 0.55)], darker(colour, 0.25))
    pen.line([(0, 0.96), (0, 1.02)], 0.03, WOOD)


SHAPES: dict[str, Form] = {
    "book": book, "candle": candle, "key": key, "lantern": lantern, "letter": letter, "hat": hat,
    "globe": globe, "umbrella": umbrella,
}  # fmt: skip
