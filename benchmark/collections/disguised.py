"""The same pictures in a slight disguise: whoever looks sees no difference, a hash does."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from benchmark.collections.base import Collection

PAINTINGS = 300
_CROPPED = 0.02
"""Of each side's length, taken from both sides together."""
_QUALITY = 90


def disguised(
    collection: Collection, seed: int, size: int = PAINTINGS
) -> tuple[Collection, tuple[int, ...]]:
    """At most `size` paintings of a collection, cropped, encoded anew, renamed and in a new order.

    Also the rows of `collection` that they are, in that order. Metadata stay. A picture that
    cannot be read raises UnreadablePicture when it is asked for.
    """
    rng = np.random.default_rng(seed)
    rows = tuple(int(row) for row in rng.permutation(len(collection))[:size])
    numbers = rng.permutation(10 * len(collection))[: len(rows)]
    corners = rng.random((len(rows), 2))

    def picture(row: int) -> bytes:
        image = collection.image(rows[row])
        width, height = (max(1, round(side * (1 - _CROPPED))) for side in image.size)
        left, top = (
            round(share * (side - kept))
            for share, side, kept in zip(corners[row], image.size, (width, height), strict=True)
        )
        buffer = io.BytesIO()
        image.crop((left, top, left + width, top + height)).save(
            buffer, "JPEG", quality=_QUALITY, optimize=True
        )
        return buffer.getvalue()

    name = f"{collection.name}-disguised"
    return Collection(
        name=name,
        folder=Path(name),
        ids=tuple(f"p{number:07d}" for number in numbers),
        metadata=tuple(collection.metadata[row] for row in rows),
        picture=picture,
    ), rows
