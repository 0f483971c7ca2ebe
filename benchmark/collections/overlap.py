"""Near duplicates between two sets of pictures, by perceptual hash.

The hash is pHash (Zauner 2010, as ImageHash computes it) of 256 bits: of the picture in grey at
64 x 64 its cosine transform, and of each of the 16 x 16 lowest frequencies whether it is above
their median. It is taken of the picture whole and of its middle, so that a copy is found that was
cropped by up to a tenth at each side, or was given a border that wide. Copies of another size, in
JPEG or in grey are near; mirrored ones and details are not. Pictures of one colour are all alike.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from benchmark.collections.decoding import decoded

BITS = 256
NEAR = 56
"""Bits that may differ in two pictures of one work; docs/how-to/overlap.md says why."""

_INSETS = (0.0, 0.05, 0.08)
"""Shares of width and height left out at each side."""
_COMPARED = [(ours, theirs) for ours in range(3) for theirs in range(3) if 0 in (ours, theirs)]
"""Pairs of insets: whole with whole, and the whole of either with the middles of the other."""
_SIDE, _LOWEST = 64, 16
SHAPE = (len(_INSETS), BITS // 64)
"""Of the hashes of a picture."""

_FORMATS = {
    "JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",),
    "TIFF": (".tif", ".tiff"), "BMP": (".bmp",),
}  # fmt: skip
SUFFIXES = tuple(suffix for suffixes in _FORMATS.values() for suffix in suffixes)
_MOST_BYTES = 200 << 20


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder and of those within it, by their suffixes, in name order."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if path.is_file())


def read(path: Path) -> Image.Image:
    """A stranger's picture, bounded in bytes and by Pillow's limit of pixels, upright, RGB.

    Raises ValueError for what is none or too large, and what Pillow raises on one that is broken.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"is larger than {_MOST_BYTES >> 20} MB")
    data = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # By content, not name: Pillow hands some other formats to programs beside it.
            Image.open(io.BytesIO(data), formats=tuple(_FORMATS)).close()
    except UnidentifiedImageError:
        raise ValueError("is not a picture") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("has more than 89 megapixels") from None
    return decoded(data)


def hashes(image: Image.Image) -> NDArray[np.uint64]:
    """Of a picture and its middles: (3, 4), each row one hash of 256 bits."""
    from scipy.fft import dctn

    grey = image.convert("L")
    (width, height), size = grey.size, (_SIDE, _SIDE)
    boxes = [(width * s, height * s, width * (1 - s), height * (1 - s)) for s in _INSETS]
    seen = [grey.resize(size, Image.Resampling.LANCZOS, box) for box in boxes]
    waves = dctn(np.stack([np.asarray(one, np.float64) for one in seen]), axes=(1, 2))
    lowest = waves[:, :_LOWEST, :_LOWEST].reshape(len(seen), BITS)
    bits = lowest > np.median(lowest, axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(np.uint64)


def near(
    ours: NDArray[np.uint64], theirs: NDArray[np.uint64], most: int = NEAR
) -> Iterator[list[tuple[int, int]]]:
    """For each of `ours` (n, 3, 4) in turn, those of `theirs` (m, 3, 4) that differ in at most so
    many bits, as (row, bits).

    In time n * m, in memory a few times m.
    """
    columns = np.ascontiguousarray(theirs.transpose(1, 2, 0))  # each word of all side by side
    for own in ours:
        nearest = np.full(len(theirs), BITS, np.uint16)
        for mine, other in _COMPARED:
            differing = np.bitwise_count(columns[other] ^ own[mine][:, None])
            np.minimum(nearest, differing.sum(axis=0, dtype=np.uint16), out=nearest)
        yield [(int(row), int(nearest[row])) for row in np.flatnonzero(nearest <= most)]
