"""What heads read of a picture: several views of EfficientNet-Lite2's, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.pretrained import efficientnet
from benchmark.pretrained.conse import SOFTNESS

WIDTH = 5272
"""1,280 means and 1,280 greatest values over the picture of the last layer; the probabilities of
1,000 classes; mean and deviation of each of the 856 channels of the seven stages before."""

LIKELY = slice(2560, 3560)
"""Where the probabilities of ImageNet's classes stand."""

_FIXED = 5
"""Stages that stay as the package has them; those behind them may be tuned."""


class Features:
    """Pictures to (n, WIDTH) float32, in about side x side pixels each."""

    def __init__(self, side: int, tuned: Path | None = None) -> None:
        """`tuned`: trained tensors of the last stages. Raises BadInput where they do not fit."""
        self.side, self.network = side, efficientnet.network()
        if tuned is not None:
            efficientnet.replace(last_stages(self.network), tuned)

    def __call__(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        found = np.empty((len(images), WIDTH), np.float32)
        pictures = [efficientnet.prepared(image, self.side) for image in images]
        for rows, batch in efficientnet.by_shape(pictures):
            with torch.inference_mode():
                found[rows] = late(self.network, *early(self.network, batch)).numpy()
        return found


def last_stages(network: Any) -> Any:
    """The parts of a network that may be tuned, as one module."""
    from torch import nn

    parts = {str(at): block for at, block in enumerate(network.blocks) if at >= _FIXED}
    return nn.ModuleDict({**parts, "conv_head": network.conv_head, "bn2": network.bn2})


def early(network: Any, batch: Any) -> tuple[Any, Any]:
    """States (n, c, h', w') behind the fixed stages, and views (n, v) of these stages.

    Of a batch (n, 3, h, w).
    """
    import torch

    states, seen = network.bn1(network.conv_stem(batch)), []
    for block in network.blocks[:_FIXED]:
        states = block(states)
        seen += _spread(states)
    return states, torch.cat(seen, 1)


def late(network: Any, states: Any, seen: Any) -> Any:
    """(n, WIDTH) of what `early` gave."""
    import torch

    views = [seen]
    for block in network.blocks[_FIXED:]:
        states = block(states)
        views += _spread(states)
    last = network.bn2(network.conv_head(states)).float()
    means = last.mean((2, 3))
    likely = torch.softmax(network.classifier(means).float() * SOFTNESS, -1)
    return torch.cat([means, last.amax((2, 3)), likely, *views], 1)


def _spread(states: Any) -> list[Any]:
    """Mean and deviation (n, c) of states (n, c, h, w)."""
    whole = states.float()
    return [whole.mean((2, 3)), whole.std((2, 3))]
