"""Whether bytes are a picture that may be kept: one of five formats, whole, within bounds."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import BinaryIO, NamedTuple

from PIL import Image

from benchmark.collections.pulling.refusals import Unfit

MOST_BYTES, MOST_PIXELS = 30 << 20, 60_000_000
KINDS = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff")
_EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp",
               "TIFF": "tif"}  # fmt: skip
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF")  # Pillow finds MPO within JPEG
_one_at_a_time = Lock()  # warnings are of the whole process, and 60 megapixels are 180 MB


class Seen(NamedTuple):
    """A picture that decodes: how its file name ends, and its size in pixels."""

    extension: str
    width: int
    height: int


def inspected(data: bytes) -> Seen:
    """Decode all of a picture. Raises Unfit, with what it is instead."""
    with _opened(io.BytesIO(data)) as image:
        try:
            image.load()
        except Exception:  # hostile bytes may raise anything
            raise Unfit("is broken or cut short: it does not decode") from None
        return Seen(_EXTENSIONS[image.format or ""], image.width, image.height)


def size(stream: BinaryIO) -> tuple[int, int]:
    """Width and height, from the header alone. Raises Unfit."""
    with _opened(stream) as image:
        return image.size


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Image.Image]:
    """A picture whose header is read, and whose pixels are within bounds."""
    large = f"has more than {MOST_PIXELS // 1_000_000} megapixels"
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Pillow only remarks on
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(stream, formats=_FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Unfit(large) from None
        except Exception:  # hostile bytes may raise anything
            raise Unfit(f"is {_instead(stream)}, no JPEG, PNG, GIF, WebP or TIFF") from None
        with image:
            if not image.width * image.height:
                raise Unfit("has no pixels")
            if image.width * image.height > MOST_PIXELS:
                raise Unfit(large)
            yield image


def _instead(stream: BinaryIO) -> str:
    stream.seek(0)
    start = stream.read(1000).lstrip().lower()
    if not start:
        return "empty"
    if b"<svg" in start:
        return "an SVG"
    return "an HTML page" if start.startswith((b"<!doctype html", b"<html")) else "something else"
