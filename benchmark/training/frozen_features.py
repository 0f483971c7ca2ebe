"""What the frozen image encoder makes of pictures, worked out once and stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.pretrained.features import Features
from benchmark.pretrained.packages import EFFICIENTNET
from benchmark.workspace import digest_of, replacing

CHUNK = 250
"""Pictures that an interruption can lose."""
_BATCH = 25


def frozen_features(
    keys: Sequence[str],
    picture: Callable[[int], Image],
    side: int,
    cache: Path,
    progress: Callable[[int, int], None],
) -> NDArray[np.float16]:
    """(n, features.WIDTH) of n pictures in about side x side pixels each, by `picture(row)`.

    `keys`: a digest of each picture. What was encoded before is read from the cache. `progress` is
    called with (pictures done, pictures in all).
    """
    encoder: Features | None = None
    chunks = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        name = digest_of(*EFFICIENTNET.files.values(), str(side), *some)[:24]
        path = cache / "features" / f"{name}.npy"
        if not path.is_file():
            encoder = encoder or Features(side)
            parts = [
                encoder([picture(start + row) for row in range(n, min(n + _BATCH, len(some)))])
                for n in range(0, len(some), _BATCH)
            ]
            with replacing(path) as temporary, temporary.open("wb") as stream:
                np.save(stream, np.concatenate(parts).astype(np.float16))
        chunks.append(np.load(path))
        progress(start + len(some), len(keys))
    return np.concatenate(chunks)
