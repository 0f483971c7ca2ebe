"""The pure shapes of abstract painting."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import Form
from benchmark.collections.atelier.pen import RGB, Pen


def circle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.oval(0, 0.5, 0.5, 0.5, colour)


def square(pen: Pen, colour: RGB, look: Circumstances) -> None:
    if look.variant % 3 == 0:  # standing on a corner, almost
        pen.poly([(-0.14, 0.02), (0.48, 0.36), (0.14, 0.98), (-0.48, 0.64)], colour)
    else:
        pen.box(0, 0.04, 0.92, 0.92, colour)


def triangle(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-0.55, 0), (0.55, 0), (0.0, 1.0)], colour)


def ring(pen: Pen, colour: RGB, look: Circumstances) -> None:
    """A circle left open, so that the ground shows."""
    hole = {"dark": (52, 48, 60), "bright": (250, 244, 224)}.get(look.palette, (226, 220, 206))
    pen.oval(0, 0.5, 0.5, 0.5, colour)
    pen.oval(0, 0.5, 0.27, 0.27, hole)


def stripe(pen: Pen, colour: RGB, look: Circumstances) -> None:
    pen.poly([(-2.5, 0.1), (2.5, 0.1), (2.5, 0.9), (-2.5, 0.9)], colour)


SHAPES: dict[str, Form] = {
    "circle": circle, "square": square, "triangle": triangle, "ring": ring, "stripe": stripe,
}  # fmt: skip
