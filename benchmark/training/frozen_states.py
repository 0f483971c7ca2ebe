"""What the fixed stages of the image encoder make of pictures, worked out once and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from PIL import ImageOps
from PIL.Image import Image
from safetensors.torch import load_file, save_file
from torch import Tensor

from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import early
from benchmark.pretrained.packages import EFFICIENTNET
from benchmark.workspace import digest_of, replacing

CHUNK = 250
"""Pictures that an interruption can lose."""
_BATCH = 25
_WAYS: dict[str, Callable[[Image], Image]] = {
    "upright": lambda image: image,
    "mirrored": ImageOps.mirror,
}


class States:
    """Of each picture, states (c, h', w') and views (v,), as `features.early` gives them.

    The first half of the rows are pictures as they are, the second the same in a mirror.
    """

    def __init__(self, states: Sequence[Tensor], views: Sequence[Tensor]) -> None:
        self._states, self._views = states, views

    def __len__(self) -> int:
        return len(self._states)

    def of(self, rows: Sequence[int]) -> Iterator[tuple[list[int], Tensor, Tensor]]:
        """For each shape: which of `rows` have it, their states (n, c, h', w') and views (n, v)."""
        for places, states in efficientnet.by_shape([self._states[row] for row in rows]):
            views = torch.stack([self._views[rows[place]] for place in places])
            yield places, states.float(), views.float()


def frozen_states(
    keys: Sequence[str],
    picture: Callable[[int], Image],
    side: int,
    cache: Path,
    progress: Callable[[int, int], None],
) -> States:
    """Those of n pictures in about side x side pixels each, by `picture(row)`: 2n rows.

    `keys`: a digest of each picture. What was encoded before is read from the cache. `progress` is
    called with (pictures done, pictures in all).
    """
    network = None
    chunks = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        name = digest_of(*EFFICIENTNET.files.values(), str(side), *some)[:24]
        path = cache / "states" / f"{name}.safetensors"
        if not path.is_file():
            network = network or efficientnet.network()
            made: dict[str, Tensor] = {}
            for at in range(0, len(some), _BATCH):
                rows = range(at, min(at + _BATCH, len(some)))
                made |= _encoded(network, [picture(start + row) for row in rows], side, at)
            with replacing(path) as temporary:
                save_file(made, temporary)
        chunks.append((len(some), load_file(path)))
        progress(start + len(some), len(keys))
    ways = [(way, held, row) for way in _WAYS for n, held in chunks for row in range(n)]
    return States(
        *([held[f"{kind}.{way}.{row}"] for way, held, row in ways] for kind in ("states", "views"))
    )


def _encoded(network: object, pictures: list[Image], side: int, first: int) -> dict[str, Tensor]:
    """Named by what it is, the way the picture is seen, and its row."""
    found = {}
    for way, turned in _WAYS.items():
        prepared = [efficientnet.prepared(turned(one), side) for one in pictures]
        for rows, batch in efficientnet.by_shape(prepared):
            with torch.inference_mode():  # in full: rounding here costs what a larger side gains
                states, views = early(network, batch)
            for row, one, seen in zip(rows, states.half(), views, strict=True):
                found[f"states.{way}.{first + row}"] = one.contiguous().clone()
                found[f"views.{way}.{first + row}"] = seen.clone()
    return found
