"""What heads read of a picture: several views of EfficientNet-Lite2's, side by side."""

from __future__ import annotations

from collections.abc import Sequence
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


class Features:
    """Pictures to (n, WIDTH) float32, in about side x side pixels each."""

    def __init__(self, side: int) -> None:
        self.side, self.network = side, efficientnet.network()

    def __call__(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        found = np.empty((len(images), WIDTH), np.float32)
        pictures = [efficientnet.prepared(image, self.side) for image in images]
        for rows, batch in efficientnet.by_shape(pictures):
            with torch.inference_mode():
                found[rows] = views(self.network, batch).numpy()
        return found


def views(network: Any, batch: Any) -> Any:
    """(n, WIDTH) of a batch (n, 3, h, w)."""
    import torch

    states, early = network.bn1(network.conv_stem(batch)), []
    for block in network.blocks:
        states = block(states)
        early += [states.mean((2, 3)), states.std((2, 3))]
    last = network.bn2(network.conv_head(states))
    means = last.mean((2, 3))
    likely = torch.softmax(network.classifier(means) * SOFTNESS, -1)
    return torch.cat([means, last.amax((2, 3)), likely, *early], 1)
