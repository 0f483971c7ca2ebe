"""ConSE: a picture is the mean of the names of the classes it may show, as a sentence encoder
has them, weighted by their probabilities (Norouzi et al. 2013). Nothing is trained for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.pretrained import efficientnet
from benchmark.pretrained.sentences import Sentences

MOST = 50
"""Likeliest classes that count."""
SOFTNESS = 0.5
"""Logits are multiplied by it before softmax."""


class ConSE:
    """An Encoder; `side`: pictures are shown in about side x side pixels."""

    def __init__(self, texts: Sentences, side: int) -> None:
        self._texts, self._side = texts, side
        self._network = efficientnet.network()
        self._names = texts(efficientnet.classes())

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """(n, d) unit vectors."""
        import torch

        found = np.empty((len(images), self._names.shape[1]), np.float32)
        pictures = [efficientnet.prepared(image, self._side) for image in images]
        for rows, batch in efficientnet.by_shape(pictures):
            with torch.inference_mode():
                likely = torch.softmax(self._network(batch) * SOFTNESS, -1)
            found[rows] = mixed(likely.numpy(), self._names)
        return found

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, d) unit vectors."""
        return self._texts(texts)


def mixed(likely: NDArray[np.float32], names: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, d) unit vectors of probabilities (n, classes) and the names of classes (classes, d)."""
    least = np.partition(likely, -MOST, axis=1)[:, -MOST]
    mean = np.where(likely >= least[:, None], likely, 0) @ names
    unit: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit.astype(np.float32)
