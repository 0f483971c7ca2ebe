"""Musical instruments, upright."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK, GOLD, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_VARNISH: RGB = (176, 92, 36)


def violin(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.line([(0.2, 0.02), (0.12, 0.98)], 0.02, (210, 180, 130))
    pen.blob([(0, 0.0), (-0.19, 0.06), (-0.2, 0.22), (-0.11, 0.31), (-0.16, 0.44), (-0.1, 0.55), (0, 0.57),
              (0.1, 0.55), (0.16, 0.44), (0.11, 0.31), (0.2, 0.22), (0.19, 0.06)], _VARNISH)  # fmt: skip
    pen.blob(
        [
            (0, 0.03),
            (-0.15, 0.08),
            (-0.15, 0.2),
            (-0.08, 0.3),
            (-0.12, 0.44),
            (0, 0.53),
            (0.04, 0.3),
        ],
        lighter(_VARNISH, 0.2),
    )
    for x in (-0.08, 0.08):
        pen.curve([(x, 0.2), (x * 1.3, 0.27), (x, 0.34)], 0.02, DARK)
    pen.poly([(-0.028, 0.3), (0.028, 0.3), (0.022, 0.86), (-0.022, 0.86)], DARK)
    pen.box(0, 0.24, 0.13, 0.02, (230, 200, 150))
    pen.poly([(-0.03, 0.04), (0.03, 0.04), (0.022, 0.18), (-0.022, 0.18)], DARK)
    pen.line([(0, 0.1), (0, 0.88)], 0.01, (240, 236, 220))
    pen.blob(
        [(-0.025, 0.86), (-0.035, 0.96), (0.0, 1.0), (0.035, 0.96), (0.025, 0.86)], darker(_VARNISH)
    )
    for y in (0.89, 0.93):
        pen.line([(-0.07, y), (0.07, y)], 0.018, DARK)


def lute(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(0, 0.0), (-0.2, 0.06), (-0.25, 0.24), (-0.15, 0.46), (-0.04, 0.58), (0.04, 0.58),
              (0.15, 0.46), (0.25, 0.24), (0.2, 0.06)], darker(_VARNISH, 0.2))  # fmt: skip
    pen.blob(
        [
            (0, 0.03),
            (-0.17, 0.08),
            (-0.21, 0.24),
            (-0.12, 0.44),
            (0.12, 0.44),
            (0.21, 0.24),
            (0.17, 0.08),
        ],
        (226, 176, 104),
    )
    pen.oval(0, 0.3, 0.075, 0.07, (80, 46, 26))
    pen.box(0, 0.11, 0.17, 0.03, WOOD)
    pen.poly([(-0.035, 0.4), (0.035, 0.4), (0.03, 0.86), (-0.03, 0.86)], WOOD)
    for y in (0.5, 0.58, 0.66, 0.74):
        pen.line([(-0.035, y), (0.035, y)], 0.012, (230, 210, 170))
    pen.poly([(-0.035, 0.84), (0.035, 0.84), (0.25, 0.96), (0.22, 1.02)], darker(WOOD))
    for x in (0.08, 0.14, 0.2):
        pen.line([(x - 0.02, 0.99), (x + 0.03, 0.87)], 0.02, (226, 206, 160))
    pen.line([(0, 0.12), (0, 0.86)], 0.012, (250, 244, 226))


def drum(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.5, 0.14), (-0.5, 0.7), (0.5, 0.7), (0.5, 0.14)], colour)
    pen.oval(0, 0.14, 0.5, 0.13, colour)
    pen.poly([(0.16, 0.04), (0.16, 0.7), (0.5, 0.7), (0.5, 0.14)], darker(colour, 0.22))
    for i in range(6):
        x = -0.5 + i / 6
        pen.line([(x, 0.66), (x + 1 / 12, 0.1), (x + 1 / 6, 0.66)], 0.026, (244, 236, 214))
    pen.oval(0, 0.7, 0.52, 0.15, GOLD)
    pen.oval(0, 0.72, 0.47, 0.12, (246, 240, 226))
    for side in (-1, 1):
        pen.line([(side * 0.44, 1.0), (-side * 0.06, 0.76)], 0.05, WOOD)
        pen.oval(-side * 0.07, 0.76, 0.05, 0.04, WOOD)


def harp(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for i in range(8):
        x = -0.16 + 0.055 * i
        pen.line([(x, 0.14 + 0.075 * i), (x, 0.9 - 0.03 * abs(i - 4))], 0.012, (240, 232, 206))
    pen.line([(-0.26, 0.06), (-0.26, 0.94)], 0.07, GOLD)
    pen.line([(-0.26, 0.06), (0.28, 0.8)], 0.1, darker(GOLD, 0.25))
    pen.curve([(-0.27, 0.93), (-0.12, 0.99), (0.04, 0.86), (0.2, 0.92), (0.3, 0.8)], 0.075, GOLD)
    pen.box(-0.22, 0.0, 0.24, 0.07, darker(GOLD, 0.4))
    pen.oval(-0.27, 0.95, 0.055, 0.05, lighter(GOLD, 0.4))


def organ(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A small organ one can carry."""
    for i in range(6):
        x, top = -0.26 + 0.104 * i, 0.98 - 0.085 * i
        pen.box(x, 0.36, 0.08, top - 0.36, (206, 210, 216))
        pen.box(x + 0.022, 0.36, 0.026, top - 0.36, (150, 154, 164))
        pen.poly([(x - 0.03, 0.44), (x + 0.03, 0.44), (x, 0.5)], DARK)
    pen.line([(-0.33, 0.72), (0.33, 0.5)], 0.045, WOOD)
    pen.box(0, 0.12, 0.72, 0.26, WOOD)
    pen.box(0, 0.26, 0.6, 0.08, (246, 242, 230))
    for i in range(7):
        pen.box(-0.24 + 0.08 * i, 0.29, 0.03, 0.05, DARK)
    pen.box(0, 0.04, 0.78, 0.09, darker(WOOD, 0.25))


def lyre(pen: Pen, colour: RGB, look: Circumstances) -> None:
    for x in (-0.12, -0.04, 0.04, 0.12):
        pen.line([(x, 0.2), (x, 0.86)], 0.016, (246, 240, 220))
    for side in (-1, 1):
        pen.curve(
            [(side * 0.14, 0.12), (side * 0.38, 0.4), (side * 0.22, 0.7), (side * 0.32, 0.98)],
            0.085,
            GOLD,
        )
    pen.line([(-0.33, 0.86), (0.33, 0.86)], 0.06, darker(GOLD, 0.25))
    pen.blob(
        [(-0.26, 0.24), (-0.2, 0.02), (0.2, 0.02), (0.26, 0.24), (0.0, 0.3)], darker(GOLD, 0.12)
    )
    pen.oval(0, 0.15, 0.07, 0.06, (90, 60, 24))


SHAPES: dict[str, Form] = {
    "violin": violin, "lute": lute, "drum": drum, "harp": harp, "organ": organ, "lyre": lyre,
}  # fmt: skip
