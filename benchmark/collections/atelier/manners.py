"""The painter's hand: six ways of turning one drawing into a painting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from benchmark.collections.atelier.scene import Scene

Array = NDArray[np.float32]
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_PALETTES: dict[str, tuple[float, float, float, float, float]] = {
    # saturation, lightness, then red, green, blue
    "warm": (1.05, 1.0, 1.08, 1.0, 0.82),
    "cool": (0.95, 1.0, 0.86, 0.98, 1.12),
    "bright": (1.3, 1.06, 1.0, 1.0, 1.0),
    "muted": (0.62, 0.96, 1.0, 0.99, 0.95),
    "dark": (1.0, 0.86, 1.0, 0.97, 0.92),
}


def paint(image: Image.Image, scene: Scene, rng: Generator) -> Image.Image:
    """The image in the scene's palette and manner."""
    pixels = _grade(np.asarray(image, dtype=np.float32), scene.palette)
    painted = _HANDS[scene.manner](pixels, rng)
    return Image.fromarray(np.clip(painted, 0, 255).astype(np.uint8))


def _grade(pixels: Array, palette: str) -> Array:
    saturation, lightness, *tone = _PALETTES[palette]
    grey = (pixels @ _LUMA)[..., None]
    toned = (grey + (pixels - grey) * np.float32(saturation)) * np.float32(lightness)
    return np.clip(toned * np.array(tone, dtype=np.float32), 0, 255)


def _noise(shape: tuple[int, ...], cell: float, rng: Generator) -> Array:
    """Smooth noise around zero whose features are about `cell` pixels wide."""
    small = (max(2, int(shape[1] / cell)), max(2, int(shape[0] / cell)))
    grid = Image.fromarray(rng.normal(size=small[::-1]).astype(np.float32))
    size = (shape[1], shape[0])
    return np.asarray(grid.resize(size, Image.Resampling.BICUBIC), dtype=np.float32)


def _wobble(pixels: Array, reach: float, cell: float, rng: Generator) -> Array:
    """The image as an unsteady hand repeats it."""
    height, width = pixels.shape[:2]
    ys, xs = np.indices((height, width), dtype=np.int32)
    dy = (_noise(pixels.shape, cell, rng) * reach).astype(np.int32)
    dx = (_noise(pixels.shape, cell, rng) * reach).astype(np.int32)
    moved = pixels[np.clip(ys + dy, 0, height - 1), np.clip(xs + dx, 0, width - 1)]
    return np.asarray(moved, dtype=np.float32)


def _soft(pixels: Array, radius: float) -> Array:
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float32)


def _edges(pixels: Array) -> Array:
    """How sharply the colour changes at each pixel."""
    steps = np.zeros(pixels.shape[:2], dtype=np.float32)
    steps[:, 1:] += np.abs(np.diff(pixels, axis=1)).sum(axis=2)
    steps[1:, :] += np.abs(np.diff(pixels, axis=0)).sum(axis=2)
    return steps


def _academic(pixels: Array, rng: Generator) -> Array:
    """Smooth modelling, a little varnish, and darkness towards the corners."""
    luma = _soft(pixels, 4) @ _LUMA
    relief = np.roll(luma, (-5, -5), axis=(0, 1)) - np.roll(luma, (5, 5), axis=(0, 1))
    modelled = _soft(pixels, 0.9) - 0.42 * np.clip(relief, -60, 60)[..., None]
    height, width = luma.shape
    ys = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    xs = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    vignette = 1.06 - 0.2 * (xs**2 + ys**2)
    weave = 1 + 0.02 * _noise(luma.shape, 2, rng)
    varnish = np.array([1.0, 0.975, 0.9], dtype=np.float32)
    return np.asarray(modelled * (vignette * weave)[..., None] * varnish, dtype=np.float32)


def _impressionist(pixels: Array, rng: Generator) -> Array:
    """Short strokes that run along the forms, each a little off in colour."""
    height, width = pixels.shape[:2]
    luma = ndimage.uniform_filter(pixels @ _LUMA, 9)
    slope_y, slope_x = np.gradient(luma)
    canvas = Image.fromarray(_soft(pixels, 2.5).astype(np.uint8))
    draw = ImageDraw.Draw(canvas)
    count = height * width // 42
    ys = rng.integers(0, height, count)
    xs = rng.integers(0, width, count)
    flat = np.hypot(slope_x, slope_y)[ys, xs] < 0.7
    along = np.arctan2(slope_x[ys, xs], -slope_y[ys, xs])
    angles = np.where(flat, 0.25 + rng.normal(0, 0.35, count), along)
    reach = np.where(flat, 6.5, 4.0)
    dx, dy = np.cos(angles) * reach, np.sin(angles) * reach
    shift = rng.normal(0, 13, (count, 3)) + rng.normal(0, 9, (count, 1))
    colours = np.clip(pixels[ys, xs] + shift, 0, 255).astype(np.uint8)
    ends = np.stack([xs - dx, ys - dy, xs + dx, ys + dy], axis=1).tolist()
    for end, colour in zip(ends, colours.tolist(), strict=True):
        draw.line(end, fill=tuple(colour), width=4)
    return np.asarray(canvas, dtype=np.float32)


def _pointillist(pixels: Array, rng: Generator) -> Array:
    """Separate dots of purer colour on a light ground."""
    height, width = pixels.shape[:2]
    cell = 5
    rows, columns = height // cell + 3, width // cell + 3
    cy = (np.arange(rows)[:, None] - 0.5 + rng.uniform(-0.3, 0.3, (rows, columns))) * cell
    cx = (np.arange(columns)[None, :] - 0.5 + rng.uniform(-0.3, 0.3, (rows, columns))) * cell
    iy = np.clip(cy, 0, height - 1).astype(int)
    ix = np.clip(cx, 0, width - 1).astype(int)
    grey = (pixels[iy, ix] @ _LUMA)[..., None]
    spread = 10 + 12 * grey / 255
    inks = grey + (pixels[iy, ix] - grey) * 1.35 + rng.normal(0, 1, (rows, columns, 3)) * spread
    ys, xs = np.indices((height, width), dtype=np.int32)
    best = np.full((height, width), 1e9, dtype=np.float32)
    result = np.empty_like(pixels)
    for oy in (0, 1, 2):
        for ox in (0, 1, 2):
            gy, gx = ys // cell + oy, xs // cell + ox
            far = ((ys - cy[gy, gx]) ** 2 + (xs - cx[gy, gx]) ** 2).astype(np.float32)
            closer = far < best
            best[closer] = far[closer]
            result[closer] = inks[gy[closer], gx[closer]]
    gap = np.clip((np.sqrt(best) - 2.2) / 1.1, 0, 1)[..., None] * 0.5
    return np.asarray(result * (1 - gap) + (0.6 * pixels + 70) * gap, dtype=np.float32)


def _woodcut(pixels: Array, rng: Generator) -> Array:
    """Black key lines, hatched shadows, and a few flat inks on cream paper."""
    moved = _wobble(pixels, 1.6, 14, rng)
    luma = _soft(moved, 2.0) @ _LUMA
    # Few steps of light, but the hue of each ink is kept.
    steps = np.clip(np.ceil(luma / 62) * 62 / np.maximum(luma, 14), 0.6, 1.7)
    flat = _soft(moved, 1.0) * steps[..., None]
    ys, xs = np.indices(luma.shape, dtype=np.float32)
    grain = np.sin((ys + 3.0 * _noise(luma.shape, 40, rng) + 0.12 * xs) * 0.95)
    hatch = grain > (luma - 16) / 62
    lines = ndimage.maximum_filter(_edges(moved) > 62, 3)
    paper = np.array([246, 232, 200], dtype=np.float32)
    inked = np.minimum(flat * 0.95 + 14, paper)
    key = np.array([28, 24, 26], dtype=np.float32)
    return np.asarray(np.where((lines | hatch)[..., None], key, inked), dtype=np.float32)


def _fauve(pixels: Array, rng: Generator) -> Array:
    """Loud flat colour in broad patches, bound by thick blue contours."""
    moved = _wobble(pixels, 2.6, 18, rng)
    image = Image.fromarray(moved.astype(np.uint8)).filter(ImageFilter.MedianFilter(5))
    broad = np.asarray(image, dtype=np.float32)
    grey = (broad @ _LUMA)[..., None]
    loud = grey + (broad - grey) * 1.5 + 8
    streak = _noise(grey.shape, 5, rng) * 12 + _noise(grey.shape, 24, rng) * 9
    contour = ndimage.maximum_filter(_edges(broad) > 80, 4)
    bound = np.array([22, 26, 96], dtype=np.float32)
    return np.asarray(
        np.where(contour[..., None], bound, loud + streak[..., None]), dtype=np.float32
    )


def _watercolour(pixels: Array, rng: Generator) -> Array:
    """Thin washes that pool at their edges and leave the paper's rim white."""
    washed = _soft(_wobble(pixels, 3.0, 12, rng), 1.3)
    pool = np.abs(washed @ _LUMA - _soft(washed, 4) @ _LUMA)
    shape = pool.shape
    density = 0.7 + 0.1 * _noise(shape, 34, rng) + 0.045 * _noise(shape, 2.2, rng) + pool / 90
    height, width = shape
    ys = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None]
    xs = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :]
    rim = np.minimum(ys, xs) + 3.2 * _noise(shape, 16, rng)
    density = np.clip(density, 0.15, 1.05) * np.clip((rim - 9) / 4, 0, 1)
    paper = np.array([252, 249, 240], dtype=np.float32)
    return np.asarray(paper - (paper - washed) * density[..., None], dtype=np.float32)


_HANDS: dict[str, Callable[[Array, Generator], Any]] = {
    "academic": _academic,
    "impressionist": _impressionist,
    "pointillist": _pointillist,
    "woodcut": _woodcut,
    "fauve": _fauve,
    "watercolour": _watercolour,
}
