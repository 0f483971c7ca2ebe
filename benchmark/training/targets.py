"""What a teacher makes of every rendered picture, worked out once and stored (MobileCLIP)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmark.training.models import Model
from benchmark.training.rendered_pairs import Pairs, pixels
from benchmark.workspace import digest_of, file_digest, replacing

_BATCH = 250


def stored(
    teacher: Model, pairs: Pairs, cache: Path, progress: Callable[[int, int], None]
) -> NDArray[np.float16]:
    """(2n, d) unit vectors: every picture, then every picture in a mirror.

    Read from the cache if this teacher's weights have seen these pictures before.
    """
    parts = (file_digest(teacher.weights), pairs.files[0].parent.name, str(len(pairs.facts)))
    path = cache / "targets" / f"{digest_of(*parts)[:16]}.npy"
    if path.is_file():
        embeddings: NDArray[np.float16] = np.load(path)
        return embeddings
    pictures = pairs.pictures(teacher.side)
    made = []
    for mirror in (False, True):
        for start in range(0, len(pictures), _BATCH):
            some = pictures[start : start + _BATCH]
            some = some[:, :, ::-1] if mirror else some
            with torch.inference_mode(), torch.autocast(teacher.device.type, torch.bfloat16):
                made.append(teacher.pictures(pixels(some)).cpu().numpy().astype(np.float16))
            progress(mirror * len(pictures) + start + len(some), 2 * len(pictures))
    embeddings = np.concatenate(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary, temporary.open("wb") as stream:
        np.save(stream, embeddings)
    return embeddings
