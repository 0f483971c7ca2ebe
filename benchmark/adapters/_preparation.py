"""Pictures prepared as a hub's preprocessor_config.json asks, without torch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image


class Preparation:
    """What preprocessor_config.json asks for: size, crop, mean and standard deviation."""

    def __init__(self, path: Path) -> None:
        config = json.loads(path.read_text(encoding="utf-8"))
        self._size, self._crop = config["size"], None
        if config.get("do_center_crop"):
            crop = config["crop_size"]
            self._crop = (crop, crop) if isinstance(crop, int) else (crop["width"], crop["height"])
        self._resample = Image.Resampling(config.get("resample", 3))
        self._mean, self._std = (
            np.array(config[key], np.float32) for key in ("image_mean", "image_std")
        )

    def __call__(self, image: Image.Image) -> NDArray[np.float32]:
        """A picture as (3, height, width)."""
        image = image.convert("RGB").resize(self._sides(image), self._resample)
        if self._crop is not None:
            left, top = ((a - b) // 2 for a, b in zip(image.size, self._crop, strict=True))
            image = image.crop((left, top, left + self._crop[0], top + self._crop[1]))
        pixels = np.asarray(image, np.float32) / 255
        ready: NDArray[np.float32] = ((pixels - self._mean) / self._std).astype(np.float32)
        return ready.transpose(2, 0, 1)

    def _sides(self, image: Image.Image) -> tuple[int, int]:
        size = self._size
        if isinstance(size, dict) and "height" in size:
            return size["width"], size["height"]
        shortest = size["shortest_edge"] if isinstance(size, dict) else size
        # Cut, not rounded, as transformers does it.
        width, height = (int(shortest * side / min(image.size)) for side in image.size)
        return width, height
