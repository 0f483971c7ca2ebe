"""BLIP of transformers: an encoder that is a re-ranker too, and a captioner.

Li, Li, Xiong and Hoi, "BLIP: Bootstrapping Language-Image Pre-training", ICML 2022.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmark.adapters._dual_encoder import unit

if TYPE_CHECKING:
    from PIL.Image import Image


class BlipRetrieval:
    """BlipForImageTextRetrieval: two towers trained by contrast (ITC), and a text tower that looks
    at a picture and says whether the two match (ITM)."""

    def __init__(self, model: Any, processor: Any, device: Any) -> None:
        self._model, self._processor, self._device = model, processor, device
        self._longest: int = model.config.text_config.max_position_embeddings

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        with torch.inference_mode():
            return unit(self._model.vision_proj(self._seen(images)[:, 0]))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        with torch.inference_mode():
            read = self._model.text_encoder(**self._tokens(texts)).last_hidden_state
            return unit(self._model.text_proj(read[:, 0]))

    def rerank(self, text: str, images: Sequence[Image]) -> NDArray[np.float32]:
        """The log-odds that text and picture match: unlike a probability, they never saturate."""
        import torch

        with torch.inference_mode():
            seen = self._seen(images)
            read = self._model.text_encoder(
                **self._tokens([text] * len(images)),
                encoder_hidden_states=seen,
                encoder_attention_mask=torch.ones(seen.shape[:2], device=self._device),
            ).last_hidden_state
            apart, alike = self._model.itm_head(read[:, 0]).float().unbind(dim=1)
        return (alike - apart).cpu().numpy()

    def truncated(self, texts: Sequence[str]) -> int:
        tokens = self._processor.tokenizer(list(texts), truncation=False)["input_ids"]
        return sum(len(one) > self._longest for one in tokens)

    def _seen(self, images: Sequence[Image]) -> Any:
        """(n, patches, width): what the image tower makes of pictures."""
        pixels = _pixels(self._processor, images, self._model)
        return self._model.vision_model(pixel_values=pixels).last_hidden_state

    def _tokens(self, texts: Sequence[str]) -> Any:
        return self._processor(
            text=list(texts),
            padding="longest",
            truncation=True,
            max_length=self._longest,
            return_tensors="pt",
        ).to(self._device)


class BlipCaptioner:
    """BlipForConditionalGeneration: the most likely next word, until it ends a caption."""

    def __init__(self, model: Any, processor: Any, _device: Any) -> None:
        self._model, self._processor = model, processor

    def caption(self, images: Sequence[Image]) -> list[str]:
        import torch

        with torch.inference_mode():
            words = self._model.generate(pixel_values=_pixels(self._processor, images, self._model))
        said = self._processor.batch_decode(words, skip_special_tokens=True)
        return [" ".join(one.split()) for one in said]


def _pixels(processor: Any, images: Sequence[Image], model: Any) -> Any:
    found = processor(images=list(images), return_tensors="pt")["pixel_values"]
    return found.to(model.device, model.dtype)
