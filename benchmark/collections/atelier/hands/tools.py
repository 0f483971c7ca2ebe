"""What the hands share: noise, blurs, outlines, and the relief of the drawn things."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[Any]
"""A picture (h, w, 3) or one value a pixel (h, w), float32."""
Plan = NDArray[Any]
"""Which thing covers each pixel, uint8 (h, w): 0 sky or wall, 1 ground, from 2 on things."""

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def luma(pixels: Array) -> Array:
    """Lightness of each pixel, 0 to 255."""
    return np.asarray(pixels @ LUMA, dtype=np.float32)


def noise(shape: tuple[int, ...], cell: float, rng: Generator) -> Array:
    """Smooth noise around zero, of variance about one, with features `cell` pixels wide."""
    height, width = shape[:2]
    grid = rng.normal(size=(max(2, round(height / cell)), max(2, round(width / cell))))
    return cv2.resize(grid.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)


def soft(pixels: Array, radius: float) -> Array:
    """The picture blurred by a Gaussian of `radius` pixels."""
    return cv2.GaussianBlur(pixels, (0, 0), radius)


def warp(pixels: Array, xs: Array, ys: Array) -> Array:
    """The picture read at other places; a plan keeps its numbers."""
    nearest = cv2.INTER_NEAREST if pixels.dtype == np.uint8 else cv2.INTER_LINEAR
    return cv2.remap(
        pixels,
        xs.astype(np.float32),
        ys.astype(np.float32),
        nearest,
        borderMode=cv2.BORDER_REFLECT,
    )


def wobble(pixels: Array, reach: float, cell: float, rng: Generator) -> Array:
    """The picture as an unsteady hand repeats it; works on a plan as well."""
    height, width = pixels.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    dx, dy = noise(pixels.shape, cell, rng) * reach, noise(pixels.shape, cell, rng) * reach
    return warp(pixels, xs + dx, ys + dy)


def saturate(pixels: Array, factor: float) -> Array:
    """The picture with its distance from grey multiplied."""
    grey = luma(pixels)[..., None]
    return grey + (pixels - grey) * np.float32(factor)


def outlines(plan: Plan, width: int) -> NDArray[np.bool_]:
    """Where one thing ends and another begins, `width` pixels wide."""
    kernel = np.ones((width, width), np.uint8)
    return cv2.morphologyEx(plan, cv2.MORPH_GRADIENT, kernel) > 0


def edges(pixels: Array, threshold: float, width: int = 1) -> NDArray[np.bool_]:
    """Where the colour changes sharply, inside things too, `width` pixels wide."""
    steps = np.zeros(pixels.shape[:2], dtype=np.float32)
    steps[:, 1:] += np.abs(np.diff(pixels, axis=1)).sum(axis=2)
    steps[1:, :] += np.abs(np.diff(pixels, axis=0)).sum(axis=2)
    found = (steps > threshold).astype(np.uint8)
    return cv2.dilate(found, np.ones((width, width), np.uint8)) > 0


def relief(plan: Plan) -> Array:
    """How far each thing's surface turns to the light from the upper left, about -1 to 1.

    Things are taken as rounded: as high as they are far from their outline.
    """
    inside = ((plan >= 2) & ~outlines(plan, 3)).astype(np.uint8)
    far = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    dome = cv2.GaussianBlur(np.sqrt(np.minimum(far, 40.0)), (0, 0), 1.6)
    slope_x = cv2.Sobel(dome, cv2.CV_32F, 1, 0, ksize=3)
    slope_y = cv2.Sobel(dome, cv2.CV_32F, 0, 1, ksize=3)
    return np.asarray(np.clip((slope_x + slope_y) / 3.0, -1, 1), dtype=np.float32)


def cast_shadows(pixels: Array, plan: Plan, depth: float) -> Array:
    """The picture with the things' soft shadows, thrown to the lower right."""
    things = (plan >= 2).astype(np.float32)
    moved = np.roll(things, (6, 9), axis=(0, 1))
    shadow = cv2.GaussianBlur(moved, (0, 0), 4) * (1 - things) * (plan == 1)
    return pixels * (1 - depth * shadow)[..., None]


def vignette(shape: tuple[int, ...], depth: float) -> Array:
    """Light in the middle that falls off to 1 - `depth` towards the corners."""
    ys = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    xs = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
    return 1.06 - depth * (xs**2 + ys**2)
