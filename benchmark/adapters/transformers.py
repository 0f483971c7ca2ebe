"""Adapter for CLIP and SigLIP models of transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.adapters.devices import PRECISIONS, pick
from benchmark.errors import BadInput
from benchmark.submission import Transformers
from benchmark.submission_files import MANIFEST

FAMILIES = ("clip", "siglip", "siglip2")


class TransformersEncoder:
    """A CLIP or SigLIP model; rows come out at unit length, so scores are cosines."""

    def __init__(self, model: Any, processor: Any, device: torch.device, padding: str) -> None:
        self._model, self._processor = model, processor
        self._device, self._padding = device, padding

    @classmethod
    def load(
        cls, folder: Path, spec: Transformers, snapshot: Path | None, device: str
    ) -> TransformersEncoder:
        """Build the model from safetensors alone. Raises BadInput naming the field at fault."""
        import transformers

        home = snapshot or folder / str(spec.folder)
        where = f"{folder / MANIFEST}: model.{'hub' if snapshot else 'folder'}"
        try:
            config = transformers.AutoConfig.from_pretrained(
                home, local_files_only=True, trust_remote_code=False
            )
            if config.model_type not in FAMILIES:
                raise BadInput(where, f"is a '{config.model_type}' model", "CLIP or SigLIP only")
            model, loading = transformers.AutoModel.from_pretrained(
                home,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=PRECISIONS[spec.precision],
                output_loading_info=True,
            )
            processor = transformers.AutoProcessor.from_pretrained(
                home, local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise BadInput(where, " ".join(str(error).split())[:200]) from None
        if missing := sorted(loading["missing_keys"]):  # transformers would fill them at random
            raise BadInput(where, f"its weights lack {len(missing)} tensors, such as {missing[0]}")
        chosen = pick(device)
        # SigLIP was trained on texts padded to full length; shorter padding moves its scores.
        padding = "longest" if config.model_type == "clip" else "max_length"
        return cls(model.to(chosen).eval(), processor, chosen, padding)

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        inputs = self._processor(images=list(images), return_tensors="pt").to(self._device)
        inputs["pixel_values"] = inputs["pixel_values"].to(self._model.dtype)
        with torch.inference_mode():
            return _unit(self._model.get_image_features(**inputs))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        inputs = self._processor(
            text=list(texts),
            padding=self._padding,
            truncation=True,
            max_length=self._model.config.text_config.max_position_embeddings,
            return_tensors="pt",
        ).to(self._device)
        with torch.inference_mode():
            return _unit(self._model.get_text_features(**inputs))

    def truncated(self, texts: Sequence[str]) -> int:
        longest = self._model.config.text_config.max_position_embeddings
        tokens = self._processor.tokenizer(list(texts), truncation=False)["input_ids"]
        return sum(len(row) > longest for row in tokens)


def _unit(features: Any) -> NDArray[np.float32]:
    """Rows of unit length. transformers 5 wraps them, transformers 4 did not."""
    rows = getattr(features, "pooler_output", features).float()
    return torch.nn.functional.normalize(rows, dim=-1).cpu().numpy()
