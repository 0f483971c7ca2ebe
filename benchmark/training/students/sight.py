"""A student's image encoder: EfficientNet-Lite0 or its first stages, squashed square pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import ImageOps
from PIL.Image import Image, Resampling
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from benchmark.pretrained import efficientnet
from benchmark.pretrained.packages import EFFICIENTNET_LITE0
from benchmark.workspace import digest_of, replacing

SQUASHED = Resampling.BILINEAR
"""Quicker than the bicubic of the teacher."""
STAGES = 7
"""Of the whole network."""
_CHUNK = 250
"""Pictures that an interruption can lose."""
_BATCH = 25


class Sight(nn.Module):
    """Pictures (n, 3, s, s) in -1..1 to views (n, width): mean and deviation of each channel.

    Behind all `stages` of the network stands its last layer, of which the means are taken too.
    """

    def __init__(self, stages: int) -> None:
        super().__init__()
        network = efficientnet.network(EFFICIENTNET_LITE0)
        self.stem = nn.Sequential(network.conv_stem, network.bn1)
        self.blocks = network.blocks[:stages]
        self.last = nn.Sequential(network.conv_head, network.bn2) if stages == STAGES else None
        self.requires_grad_(False)

    def forward(self, pixels: Tensor) -> Tensor:
        states, views = self.stem(pixels), []
        for block in self.blocks:
            states = block(states)
            views += [states.mean((2, 3)), states.std((2, 3))]
        if self.last is not None:
            views.insert(0, self.last(states).mean((2, 3)))
        return torch.cat(views, 1)


def prepared(image: Image, side: int) -> NDArray[np.float32]:
    """A picture as (3, side, side) in -1..1, as the preprocessor_config.json of a student asks."""
    small = np.asarray(image.convert("RGB").resize((side, side), SQUASHED), np.float32)
    ready: NDArray[np.float32] = ((small / 255 - 0.5) / 0.5).astype(np.float32)
    return ready.transpose(2, 0, 1)


def views(
    sight: Sight,
    keys: Sequence[str],
    picture: Callable[[int], Image],
    side: int,
    cache: Path,
    progress: Callable[[int, int], None],
) -> NDArray[np.float32]:
    """(2n, width): of n pictures as they are, then of the same in a mirror.

    `keys`: a digest of each. What was looked at before is read from the cache. `progress` is
    called with (pictures done, pictures in all).
    """
    upright, mirrored = [], []
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        made_of = (*EFFICIENTNET_LITE0.files.values(), str(len(sight.blocks)), str(side), *some)
        path = cache / "views" / f"{digest_of(*made_of)[:24]}.safetensors"
        if not path.is_file():
            ways = (lambda image: image, ImageOps.mirror)
            pictures = [picture(start + row) for row in range(len(some))]
            seen = [_seen(sight, [way(one) for one in pictures], side) for way in ways]
            with replacing(path) as temporary:
                save_file(dict(zip(("upright", "mirrored"), seen, strict=True)), temporary)
        held = load_file(path)
        upright.append(held["upright"])
        mirrored.append(held["mirrored"])
        progress(start + len(some), len(keys))
    return torch.cat([*upright, *mirrored]).numpy()


def _seen(sight: Sight, pictures: Sequence[Image], side: int) -> Tensor:
    found = []
    for at in range(0, len(pictures), _BATCH):
        batch = np.stack([prepared(one, side) for one in pictures[at : at + _BATCH]])
        with torch.inference_mode():
            pixels = torch.from_numpy(batch).to(memory_format=torch.channels_last)
            found.append(sight(pixels))
    return torch.cat(found)
