"""From an encoded picture to the pixels that every model is shown: upright, 8-bit RGB.

- EXIF orientation is applied.
- Grey of more than 8 bits is scaled, not cut: 16 bits by 65,535 to 255. Pillow's 32-bit integers
  are taken as 16 bits unless one is larger, then as 31; floats as 0 to 1, or to 255 or 65,535 if
  one is larger.
- What is transparent is shown on white, as a page would show it, whatever colour it hides.
- CMYK and palettes become RGB as Pillow converts them, without a colour profile.

8-bit RGB and grey without transparency pass through unchanged.
"""

from __future__ import annotations

import io
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

_ORIENTATION = 0x0112


class Change(Enum):
    """What showing a picture took, as (said of one, said of several)."""

    UPRIGHT = ("is turned", "are turned", "as EXIF says")
    DEPTH = ("has", "have", "more than 8 bits a pixel, scaled to 8")
    TRANSPARENT = ("has", "have", "transparency, shown on white")
    INKS = ("is", "are", "CMYK, converted to RGB without a profile")

    def of(self, number: int) -> str:
        """In words, for so many pictures: "3 pictures have transparency, shown on white"."""
        one, several, what = self.value
        return f"{number} {'picture' if number == 1 else 'pictures'} " + (
            f"{one if number == 1 else several} {what}"
        )


def decoded(data: bytes) -> Image.Image:
    """An encoded picture, upright, RGB. Raises what Pillow raises on what is none."""
    return shown(data)[0]


def shown(data: bytes) -> tuple[Image.Image, frozenset[Change]]:
    """The same, and what had to be changed for it."""
    with Image.open(io.BytesIO(data)) as stored:
        changes = set()
        if stored.getexif().get(_ORIENTATION, 1) != 1:
            changes.add(Change.UPRIGHT)
        image = ImageOps.exif_transpose(stored)
        transparent = image.has_transparency_data
        if image.mode.startswith("I") or image.mode == "F":
            changes.add(Change.DEPTH)
            image = _deep(image)
        elif image.mode == "CMYK":
            changes.add(Change.INKS)
        if transparent:
            whole = image.convert("RGBA")
            if whole.getchannel("A").getextrema()[0] == 255:
                return image.convert("RGB"), frozenset(changes)
            changes.add(Change.TRANSPARENT)
            page = Image.new("RGBA", whole.size, (255, 255, 255, 255))
            image = Image.alpha_composite(page, whole)
        return image.convert("RGB"), frozenset(changes)


def _deep(image: Image.Image) -> Image.Image:
    """Grey of more than 8 bits as 8-bit grey; a level that is transparent keeps its alpha."""
    levels: NDArray[np.float64] = np.nan_to_num(np.asarray(image, np.float64), posinf=0, neginf=0)
    grey = Image.fromarray(
        np.rint(np.clip(levels / _white(image.mode, levels), 0, 1) * 255).astype(np.uint8)
    )
    level = image.info.get("transparency")
    if isinstance(level, int):
        grey.putalpha(Image.fromarray(np.where(levels == level, 0, 255).astype(np.uint8)))
    return grey


def _white(mode: str, levels: NDArray[np.float64]) -> float:
    """The level that is white."""
    highest = float(levels.max(initial=0))
    if mode == "F":
        return next((white for white in (1.0, 255.0) if highest <= white), 65_535.0)
    return 65_535.0 if mode.startswith("I;16") or highest <= 65_535 else 2.0**31 - 1
