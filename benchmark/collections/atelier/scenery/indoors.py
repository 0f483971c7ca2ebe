"""Rooms, tables, chapels, plain walls and bare canvas."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import GROUND, RGB, Pen, darker, lighter, mix
from benchmark.collections.atelier.scenery import light


def paint(look: Circumstances, image: Image.Image, plan: Image.Image, rng: Generator) -> None:
    """Paint the stage and its plan in place."""
    height = image.size[1]
    width = image.size[0] / height
    wall = light.wall(look)
    pen = Pen(ImageDraw.Draw(image), 0, height, height, plan=ImageDraw.Draw(plan))
    if look.setting == "canvas":
        _canvas(look, pen, width)
        return
    image.paste(_lit_wall(wall, image.size))
    if look.setting == "table":
        _table(look, pen, width, wall)
    elif look.setting == "room":
        _room(look, pen, width, wall)
    elif look.setting == "chapel":
        _chapel(look, pen, width)


def _lit_wall(wall: RGB, size: tuple[int, int]) -> Image.Image:
    """A wall with light from the upper left."""
    xs = np.linspace(0, 1, 16, dtype=np.float32)[None, :]
    ys = np.linspace(0, 1, 16, dtype=np.float32)[:, None]
    shade = 1.16 - 0.34 * (0.6 * xs + 0.5 * ys + 0.3 * (xs - 0.35) ** 2)
    pixels = np.clip(shade[..., None] * np.array(wall, np.float32), 0, 255)
    return Image.fromarray(
        cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    )


def _canvas(look: Circumstances, pen: Pen, width: float) -> None:
    """One or two plain grounds."""
    light_ground: dict[str, tuple[RGB, RGB]] = {
        "warm": ((240, 224, 196), (232, 196, 150)),
        "cool": ((222, 230, 234), (176, 200, 212)),
        "bright": ((250, 244, 224), (252, 250, 244)),
        "muted": ((226, 220, 206), (196, 188, 174)),
        "dark": ((52, 48, 60), (34, 32, 42)),
    }
    one, two = light_ground[look.palette]
    pen.box(width / 2, 0, width, 1.0, one)
    split = look.variant % 4
    if split == 1:
        pen.box(width / 2, 0, width, 0.4, two)
    elif split == 2:
        pen.box(width * 0.8, 0, width * 0.4, 1.0, two)
    elif split == 3:
        pen.poly([(0, 0), (width, 0), (width, 0.8)], two)


def _table(look: Circumstances, pen: Pen, width: float, wall: RGB) -> None:
    top = light.table(look)
    if look.variant % 3 == 1:  # the edge of a curtain
        cloth = mix(wall, (120, 30, 40), 0.5)
        for i in range(4):
            x = width - 0.05 - 0.07 * i
            pen.blob(
                [
                    (x - 0.05, 1.05),
                    (x - 0.04, 0.6),
                    (x - 0.06, 0.3),
                    (x + 0.04, 0.3),
                    (x + 0.05, 1.05),
                ],
                darker(cloth, 0.12 * (i % 2) + 0.1),
            )
    elif look.variant % 3 == 2:  # a panelled wall
        pen.box(width / 2, 0.62, width, 0.02, darker(wall, 0.25))
        for x in (0.25, 0.5, 0.75):
            pen.box(x * width, 0.34, 0.012, 0.28, darker(wall, 0.2))
    ground = pen.on(GROUND)
    ground.box(width / 2, 0, width, 0.34, top)
    ground.box(width / 2, 0.325, width, 0.015, lighter(top, 0.3))
    if look.palette in ("bright", "cool"):  # a cloth with its folds
        for x in (0.15, 0.42, 0.7, 0.9):
            ground.poly(
                [(x * width, 0.0), (x * width + 0.05, 0.0), (x * width + 0.02, 0.15)],
                darker(top, 0.14),
            )
    else:
        for y in (0.06, 0.14, 0.22):
            ground.line([(0, y), (width, y + 0.01)], 0.005, darker(top, 0.18))
    ground.box(width / 2, 0, width, 0.035, darker(top, 0.35))


def _room(look: Circumstances, pen: Pen, width: float, wall: RGB) -> None:
    floor: RGB = ((150, 104, 66), (176, 132, 88), (128, 92, 70))[look.variant % 3]
    if look.palette == "dark":
        floor = darker(floor, 0.5)
    ground = pen.on(GROUND)
    if look.variant % 2:  # wallpaper
        for x in np.arange(0.05, width, 0.14):
            pen.line([(float(x), 0.33), (float(x), 1.0)], 0.012, lighter(wall, 0.14))
    ground.box(width / 2, 0, width, 0.3, floor)
    middle = width / 2
    for x in np.linspace(-1.2 * width, 2.2 * width, 17):
        ground.line(
            [(float(x), 0), (middle + (float(x) - middle) * 0.45, 0.3)], 0.006, darker(floor, 0.25)
        )
    pen.box(width / 2, 0.3, width, 0.03, lighter(wall, 0.4))
    if look.variant % 4 == 3:
        rug = mix(wall, (170, 50, 50), 0.6)
        ground.blob(
            [(0.2 * width, 0.03), (0.8 * width, 0.03), (0.72 * width, 0.2), (0.28 * width, 0.2)],
            rug,
        )


def _chapel(look: Circumstances, pen: Pen, width: float) -> None:
    stone = mix((150, 142, 130), light.wall(look), 0.35)
    pen.box(width / 2, 0, width, 1.0, darker(stone, 0.15))
    niche = darker(stone, 0.6)
    pen.oval(width / 2, 0.72, width * 0.36, 0.24, darker(stone, 0.35))
    pen.box(width / 2, 0, width * 0.72, 0.72, darker(stone, 0.35))
    pen.oval(width / 2, 0.72, width * 0.33, 0.215, niche)
    pen.box(width / 2, 0, width * 0.66, 0.72, niche)
    for x in (0.07, 0.93):
        pen.box(x * width, 0.2, 0.1, 0.62, lighter(stone, 0.15))
        pen.box(x * width + 0.03, 0.2, 0.035, 0.62, darker(stone, 0.2))
        pen.box(x * width, 0.8, 0.15, 0.05, lighter(stone, 0.3))
    ground = pen.on(GROUND)
    ground.box(width / 2, 0, width, 0.2, darker(stone, 0.25))
    for x in np.linspace(-width, 2 * width, 11):
        ground.line(
            [(float(x), 0), (width / 2 + (float(x) - width / 2) * 0.5, 0.2)],
            0.006,
            darker(stone, 0.5),
        )
    for y in (0.07, 0.14):
        ground.line([(0, y), (width, y)], 0.006, darker(stone, 0.5))
