"""Dual encoders of transformers: CLIP and what is built like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

PADDING = {
    "clip": "longest",
    "metaclip_2": "longest",
    "siglip": "max_length",
    "siglip2": "max_length",
}
"""Family -> how its texts are padded. SigLIP was trained on texts padded to full length, and sees
the padding: shorter padding moves its scores."""


class TransformersEncoder:
    """A CLIP or SigLIP model; embeddings come out at unit length, so scores are cosines."""

    def __init__(self, model: Any, processor: Any, device: Any) -> None:
        self._model, self._processor, self._device = model, processor, device
        family = model.config.model_type
        self._padding = PADDING[family]
        # SigLIP 2 was trained on small letters, and the tokenizer of its repositories keeps
        # capitals; that of SigLIP makes all letters small itself.
        self._small = family.startswith("siglip")
        self._longest: int = model.config.text_config.max_position_embeddings

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        inputs = self._processor(images=list(images), return_tensors="pt").to(self._device)
        inputs["pixel_values"] = inputs["pixel_values"].to(self._model.dtype)
        with torch.inference_mode():
            return unit(self._model.get_image_features(**inputs))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        inputs = self._processor(
            text=self._read(texts),
            padding=self._padding,
            truncation=True,
            max_length=self._longest,
            return_tensors="pt",
        ).to(self._device)
        with torch.inference_mode():
            return unit(self._model.get_text_features(**inputs))

    def truncated(self, texts: Sequence[str]) -> int:
        tokens = self._processor.tokenizer(self._read(texts), truncation=False)["input_ids"]
        return sum(len(one) > self._longest for one in tokens)

    def _read(self, texts: Sequence[str]) -> list[str]:
        return [text.lower() for text in texts] if self._small else list(texts)


def unit(features: Any) -> NDArray[np.float32]:
    """Embeddings of unit length. transformers 5 wraps them, transformers 4 did not."""
    from torch.nn.functional import normalize

    found = getattr(features, "pooler_output", features).float()
    return normalize(found, dim=-1).cpu().numpy()
