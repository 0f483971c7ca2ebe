"""A pen that draws shapes in their own frame, under the light of the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import ImageDraw

RGB = tuple[int, int, int]
Point = tuple[float, float]


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """The colour a share of the way from a to b."""
    r, g, bl = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, bl


def darker(colour: RGB, share: float = 0.3) -> RGB:
    """The colour in shade."""
    return mix(colour, (18, 16, 30), share)


def lighter(colour: RGB, share: float = 0.3) -> RGB:
    """The colour in light."""
    return mix(colour, (255, 252, 238), share)


@dataclass(frozen=True)
class Pen:
    """Draws in a frame whose origin is (x, y) in pixels and whose unit is `unit` pixels.

    In the frame x runs to the right and y upwards. Every colour is multiplied by
    `tint`, the light of the hour, unless drawn by `lit()`.
    """

    draw: ImageDraw.ImageDraw
    x: float
    y: float
    unit: float
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    mirror: float = 1.0

    def at(self, x: float, y: float, unit: float, mirror: bool = False) -> Pen:
        """The same pen with a frame placed at a point of this frame."""
        px, py = self._point((x, y))
        side = -self.mirror if mirror else self.mirror
        return replace(self, x=px, y=py, unit=self.unit * unit, mirror=side)

    def lit(self) -> Pen:
        """The same pen for what shines by itself."""
        return replace(self, tint=(1.0, 1.0, 1.0))

    def poly(self, points: Sequence[Point], colour: RGB) -> None:
        """A filled polygon."""
        self.draw.polygon([self._point(point) for point in points], fill=self._ink(colour))

    def box(self, x: float, y: float, width: float, height: float, colour: RGB) -> None:
        """A filled rectangle, x at its middle and y at its foot."""
        half = width / 2
        top = y + height
        self.poly([(x - half, y), (x + half, y), (x + half, top), (x - half, top)], colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        """A filled ellipse around a point."""
        px, py = self._point((x, y))
        rx, ry = rx * self.unit, ry * self.unit
        self.draw.ellipse((px - rx, py - ry, px + rx, py + ry), fill=self._ink(colour))

    def line(self, points: Sequence[Point], width: float, colour: RGB) -> None:
        """A line with round joints."""
        wide = max(1, round(width * self.unit))
        pixels = [self._point(point) for point in points]
        self.draw.line(pixels, fill=self._ink(colour), width=wide, joint="curve")

    def _point(self, point: Point) -> Point:
        return self.x + self.mirror * point[0] * self.unit, self.y - point[1] * self.unit

    def _ink(self, colour: RGB) -> RGB:
        r, g, b = (min(255, round(c * t)) for c, t in zip(colour, self.tint, strict=True))
        return r, g, b
