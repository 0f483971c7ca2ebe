"""A pen that draws shapes in their own frame, under the light of the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import ImageDraw

RGB = tuple[int, int, int]
Point = tuple[float, float]

BACK, GROUND = 0, 1
"""Parts of the plan that are no thing: sky or wall, and what things stand on."""


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


def _smooth(points: Sequence[Point], steps: int = 5) -> list[Point]:
    """Points along a Catmull-Rom spline from the second point to the last but one."""
    found: list[Point] = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for i in range(steps):
            t = i / steps
            found.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return found


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


@dataclass(frozen=True)
class Pen:
    """Draws in a frame whose origin is (x, y) in pixels and whose unit is `unit` pixels.

    In the frame x runs to the right and y upwards. Every colour is multiplied by
    `tint`, the light of the hour, unless drawn by `lit()`. Whatever is drawn is also
    drawn on the `plan`, a picture of which thing covers which pixel, in the number `part`.
    """

    draw: ImageDraw.ImageDraw
    x: float
    y: float
    unit: float
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    mirror: float = 1.0
    plan: ImageDraw.ImageDraw | None = None
    part: int = BACK

    def at(self, x: float, y: float, unit: float, mirror: bool = False) -> Pen:
        """The same pen with a frame placed at a point of this frame."""
        px, py = self._point((x, y))
        side = -self.mirror if mirror else self.mirror
        return replace(self, x=px, y=py, unit=self.unit * unit, mirror=side)

    def on(self, part: int) -> Pen:
        """The same pen, drawing another part."""
        return replace(self, part=part)

    def lit(self) -> Pen:
        """The same pen for what shines by itself."""
        return replace(self, tint=(1.0, 1.0, 1.0))

    def poly(self, points: Sequence[Point], colour: RGB) -> None:
        """A filled polygon."""
        pixels = [self._point(point) for point in points]
        self.draw.polygon(pixels, fill=self._ink(colour))
        if self.plan:
            self.plan.polygon(pixels, fill=self.part)

    def box(self, x: float, y: float, width: float, height: float, colour: RGB) -> None:
        """A filled rectangle, x at its middle and y at its foot."""
        half = width / 2
        top = y + height
        self.poly([(x - half, y), (x + half, y), (x + half, top), (x - half, top)], colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: RGB) -> None:
        """A filled ellipse around a point."""
        px, py = self._point((x, y))
        rx, ry = rx * self.unit, ry * self.unit
        around = (px - rx, py - ry, px + rx, py + ry)
        self.draw.ellipse(around, fill=self._ink(colour))
        if self.plan:
            self.plan.ellipse(around, fill=self.part)

    def line(self, points: Sequence[Point], width: float, colour: RGB) -> None:
        """A line with round joints."""
        wide = max(1, round(width * self.unit))
        pixels = [self._point(point) for point in points]
        self.draw.line(pixels, fill=self._ink(colour), width=wide, joint="curve")
        if self.plan:
            self.plan.line(pixels, fill=self.part, width=wide, joint="curve")

    def blob(self, points: Sequence[Point], colour: RGB) -> None:
        """A filled shape with a smooth outline through the points."""
        self.poly(_smooth([*points[-2:], *points, *points[:1]]), colour)

    def curve(self, points: Sequence[Point], width: float, colour: RGB) -> None:
        """A smooth line through the points."""
        self.line(
            [points[0], *_smooth([points[0], *points, points[-1]]), points[-1]], width, colour
        )

    def _point(self, point: Point) -> Point:
        return self.x + self.mirror * point[0] * self.unit, self.y - point[1] * self.unit

    def _ink(self, colour: RGB) -> RGB:
        r, g, b = (min(255, round(c * t)) for c, t in zip(colour, self.tint, strict=True))
        return r, g, b
