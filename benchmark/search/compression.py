"""Rows kept smaller, as a museum would store them: fewer dimensions, int8, single bits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


def compressed(texts: Rows, images: Rows) -> Iterator[tuple[str, float, Rows, Rows]]:
    """Ways to keep the rows: (name, bytes a painting, text rows, picture rows to search).

    PCA is fitted to the picture rows. int8 rounds each picture row to 255 steps of its own
    greatest number, and texts stay exact. Bits keep the signs of picture rows about their mean;
    texts are taken about their own mean and keep their numbers.
    """
    width = images.shape[1]
    centre = images.mean(axis=0)
    _, _, axes = np.linalg.svd(_thinned(images - centre), full_matrices=False)
    for share in (2, 4, 8):
        kept = width // share
        if kept >= 1 and kept <= len(axes):
            # Texts are not centred: a shift of all pictures moves every score of a query alike.
            yield f"PCA to 1/{share}", 4.0 * kept, texts @ axes[:kept].T, images @ axes[:kept].T
    steps = np.abs(images).max(axis=1, keepdims=True) / 127
    steps[steps == 0] = 1
    rounded = np.rint(images / steps).astype(np.float32) * steps
    yield "int8", width + 4.0, texts, rounded
    signs = np.where(images > centre, 1.0, -1.0).astype(np.float32)
    yield "1 bit", width / 8, texts - texts.mean(axis=0), signs


def _thinned(rows: Rows, most: int = 20_000) -> Rows:
    """At most so many rows, evenly taken: enough to find the axes of all."""
    return rows[:: max(1, len(rows) // most)]
