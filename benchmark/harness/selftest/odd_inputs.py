"""Inputs that galleries and people bring and models are seldom tried on, each under its name.

Pictures are files, decoded as any other: grey, RGBA, CMYK and EXIF rotation are made upright RGB
before a model sees them (`collections/decoding.py`), here as in a run.
"""

from __future__ import annotations

import io
from itertools import cycle, islice

import numpy as np
from PIL import Image

_ORIENTATION, _QUARTER_TURN = 0x0112, 6

_WORDS = ("a", "red", "boat", "on", "the", "blue", "sea", "under", "white", "clouds")

TEXTS = {
    "empty text": "",
    "500 words": " ".join(islice(cycle(_WORDS), 500)),
    "emoji": "🎨 🌊 👩🏽\u200d🎨",
}


def pictures() -> dict[str, bytes]:
    """Encoded pictures, made anew."""
    plain = _gradient(64, 48)
    alpha = plain.copy()
    alpha.putalpha(plain.getchannel("R"))
    turned = Image.Exif()
    turned[_ORIENTATION] = _QUARTER_TURN
    return {
        "grey": _encoded(plain.convert("L"), "PNG"),
        "RGBA": _encoded(alpha, "PNG"),
        "CMYK": _encoded(plain.convert("CMYK"), "JPEG"),
        "1 x 1": _encoded(_gradient(1, 1), "PNG"),
        "20,000 x 20": _encoded(_gradient(20_000, 20), "PNG"),
        "EXIF rotation": _encoded(plain, "JPEG", exif=turned),
    }


def _gradient(width: int, height: int) -> Image.Image:
    """Red from left to right, green from top to bottom."""
    pixels = np.full((height, width, 3), 90, np.uint8)
    pixels[..., 0] = np.linspace(40, 255, width).astype(np.uint8)
    pixels[..., 1] = np.linspace(20, 200, height).astype(np.uint8)[:, None]
    return Image.fromarray(pixels)


def _encoded(image: Image.Image, kind: str, **more: Image.Exif) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **more)
    return data.getvalue()
