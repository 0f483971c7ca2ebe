"""A dual encoder of two frozen towers: their features, brought together by trained heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.pretrained import heads
from benchmark.pretrained.features import WIDTH, Features
from benchmark.pretrained.sentences import Sentences


class Joined:
    """An Encoder. `side`: pictures are shown in about side x side pixels."""

    def __init__(
        self, texts: Sentences, width: int, path: Path, side: int, tuned: Path | None = None
    ) -> None:
        """`width` of the sentences' vectors; `tuned` as `Features` has it.

        Raises BadInput where the heads or these do not fit.
        """
        self._texts, self._features = texts, Features(side, tuned)
        self._heads = heads.load(path, WIDTH, width)

    def features(self, images: Sequence[Image]) -> torch.Tensor:
        """(n, features.WIDTH)."""
        return torch.from_numpy(self._features(images))

    def pictures(self, features: torch.Tensor) -> NDArray[np.float32]:
        """(n, d) unit vectors of features."""
        with torch.inference_mode():
            return self._heads.pictures(features).numpy()

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """(n, d) unit vectors."""
        return self.pictures(self.features(images))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, d) unit vectors."""
        with torch.inference_mode():
            return self._heads.texts(torch.from_numpy(self._texts(texts))).numpy()
