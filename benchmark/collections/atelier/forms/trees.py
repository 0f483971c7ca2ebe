"""Trees as the seasons have them, and sheaves of wheat."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import SNOW, WOOD, Form
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_LEAVES: dict[str, RGB] = {
    "spring": (150, 194, 92), "summer": (58, 124, 54), "autumn": (214, 112, 32), "": (66, 120, 58),
}  # fmt: skip


def oak(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.blob([(-0.1, 0), (-0.05, 0.2), (-0.04, 0.5), (0.05, 0.5), (0.06, 0.2), (0.12, 0)], WOOD)
    if look.season == "winter":
        for side in (-1, 1):
            for y, reach, rise in ((0.34, 0.32, 0.3), (0.48, 0.26, 0.36), (0.6, 0.14, 0.32)):
                tip = (side * reach, y + rise)
                pen.line([(0, y), (side * reach * 0.6, y + rise * 0.5), tip], 0.034, WOOD)
                pen.line(
                    [(side * reach * 0.5, y + rise * 0.45), (side * reach * 1.15, y + rise * 0.5)],
                    0.024,
                    WOOD,
                )
                pen.line(
                    [(side * reach * 0.5, y + rise * 0.45), (side * reach * 0.4, y + rise)],
                    0.024,
                    WOOD,
                )
                pen.line(
                    [(side * reach * 0.2, y + 0.03), (side * reach * 0.6, y + rise * 0.5 + 0.02)],
                    0.016,
                    SNOW,
                )
        pen.line([(0, 0.4), (0, 0.96)], 0.04, WOOD)
        return
    leaf = _LEAVES[look.season]
    crown = (
        (-0.24, 0.56, 0.18),
        (0.24, 0.55, 0.18),
        (-0.14, 0.74, 0.2),
        (0.16, 0.73, 0.2),
        (0.0, 0.82, 0.17),
        (0.0, 0.6, 0.24),
    )
    for x, y, r in crown:
        pen.oval(x, y, r, r * 0.95, darker(leaf, 0.28))
    for x, y, r in crown:
        pen.oval(x - 0.03, y + 0.04, r * 0.72, r * 0.66, leaf)
    for x, y, r in crown[2:5]:
        pen.oval(x - 0.07, y + 0.07, r * 0.36, r * 0.3, lighter(leaf, 0.25))
    if look.season in ("spring", "autumn"):
        fleck = (252, 216, 228) if look.season == "spring" else (242, 182, 54)
        for i in range(17):
            x, y = ((i * 37) % 29) / 29 - 0.5, ((i * 53) % 31) / 31
            pen.oval(x * 0.66, 0.46 + y * 0.46, 0.042, 0.038, fleck)


def cypress(pen: Pen, colour: RGB, look: Circumstances) -> None:
    green: RGB = (36, 84, 56)
    pen.box(0, 0, 0.04, 0.1, WOOD)
    pen.blob([(0, 1.0), (-0.07, 0.75), (-0.11, 0.35), (-0.07, 0.07), (0.07, 0.07), (0.11, 0.35),
              (0.07, 0.75)], green)  # fmt: skip
    pen.blob(
        [(0, 0.96), (-0.05, 0.7), (-0.07, 0.35), (-0.03, 0.12), (0.0, 0.5)], lighter(green, 0.2)
    )
    if look.snowy:
        for x, y in ((0.0, 0.9), (-0.05, 0.7), (0.05, 0.55), (-0.06, 0.36), (0.05, 0.24)):
            pen.oval(x, y, 0.045, 0.03, SNOW)


def fir(pen: Pen, colour: RGB, look: Circumstances) -> None:
    green: RGB = (34, 96, 66)
    pen.box(0, 0, 0.07, 0.14, WOOD)
    for foot, reach, top in (
        (0.1, 0.25, 0.46),
        (0.3, 0.2, 0.66),
        (0.5, 0.155, 0.84),
        (0.68, 0.105, 1.0),
    ):
        pen.poly([(-reach, foot), (reach, foot), (0, top)], green)
        pen.poly([(0.02, foot), (reach, foot), (0, top)], darker(green, 0.3))
        if look.snowy:
            pen.poly(
                [
                    (-reach * 0.95, foot + 0.01),
                    (0, top),
                    (-reach * 0.1, foot + 0.14),
                    (-reach * 0.45, foot + 0.08),
                ],
                SNOW,
            )


def palm(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.curve([(0.06, 0), (0.02, 0.35), (-0.04, 0.72)], 0.06, (150, 112, 70))
    for i in range(6):
        y = 0.08 + 0.1 * i
        pen.line([(0.02 - 0.01 * i, y), (0.09 - 0.015 * i, y + 0.02)], 0.02, (110, 78, 46))
    for dx, dy in (
        (-0.34, -0.06),
        (-0.28, 0.16),
        (-0.1, 0.28),
        (0.1, 0.27),
        (0.27, 0.14),
        (0.3, -0.08),
    ):
        tip = (-0.04 + dx, 0.72 + dy)
        pen.blob(
            [
                (-0.04, 0.72),
                (-0.04 + dx * 0.5, 0.77 + dy * 0.9),
                tip,
                (-0.04 + dx * 0.55, 0.69 + dy * 0.6),
            ],
            (50, 128, 58),
        )
        pen.curve([(-0.04, 0.72), (-0.04 + dx * 0.5, 0.73 + dy * 0.8), tip], 0.018, (32, 88, 42))
    for x in (-0.07, -0.01):
        pen.oval(x, 0.69, 0.035, 0.04, (122, 78, 36))


def sheaf(pen: Pen, colour: RGB, look: Circumstances) -> None:
    straw: RGB = (222, 176, 74)
    for x in (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3):
        pen.curve(
            [(x * 0.9, 0.0), (x * 0.35, 0.42), (x * 1.15, 0.82)],
            0.07,
            darker(straw, 0.1 + abs(x) * 0.4),
        )
        pen.oval(x * 1.2, 0.88, 0.055, 0.12, lighter(straw, 0.1))
    pen.box(0, 0.38, 0.26, 0.09, (150, 96, 40))


SHAPES: dict[str, Form] = {
    "oak": oak, "cypress": cypress, "fir": fir, "palm tree": palm, "wheat sheaf": sheaf,
}  # fmt: skip
