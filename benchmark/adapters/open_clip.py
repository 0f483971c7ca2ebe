"""Adapter for open_clip models: named architectures, configs in a folder, hub snapshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.adapters.devices import PRECISIONS, pick
from benchmark.adapters.weights import open_clip_weights
from benchmark.errors import BadInput
from benchmark.submission import OpenClip
from benchmark.submission_files import MANIFEST

CONFIG = "open_clip_config.json"
"""open_clip's own name for a model's configuration; it finds no other."""


class OpenClipEncoder:
    """An open_clip model; rows come out at unit length, so scores are cosines."""

    def __init__(
        self,
        model: Any,
        preprocess: Callable[[Image], torch.Tensor],
        tokenize: Any,
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self._model, self._preprocess, self._tokenize = model, preprocess, tokenize
        self._device, self._dtype = device, dtype

    @classmethod
    def load(
        cls, folder: Path, spec: OpenClip, snapshot: Path | None, device: str
    ) -> OpenClipEncoder:
        """Build the model and load its safetensors. Raises BadInput naming the field at fault."""
        name = spec.architecture
        if snapshot is not None or name is None:
            home = snapshot or (folder / str(spec.config)).parent
            if not (home / CONFIG).is_file():
                where = f"{folder / MANIFEST}: model.{'hub' if snapshot else 'config'}"
                raise BadInput(where, f"no {CONFIG} in {home}", f"open_clip reads only {CONFIG}")
            name = f"local-dir:{home}"
        elif name not in open_clip.list_models():
            raise BadInput(
                f"{folder / MANIFEST}: model.architecture",
                f"open_clip knows no '{name}'",
                "open_clip.list_models() lists them, or give config",
            )
        chosen = pick(device)
        model, _, preprocess = open_clip.create_model_and_transforms(
            name, load_weights=False, precision=_native(spec.precision), device=chosen
        )
        weights = open_clip_weights(snapshot) if snapshot else folder / str(spec.weights)
        try:
            open_clip.load_checkpoint(model, str(weights), device=str(chosen))
        except RuntimeError as error:
            raise BadInput(weights, f"does not fit the model ({_short(error)})") from None
        tokenize = _tokenizer(name)
        return cls(model.eval(), preprocess, tokenize, chosen, PRECISIONS[spec.precision])

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        batch = torch.stack([self._preprocess(image) for image in images])
        with torch.inference_mode():
            rows = self._model.encode_image(batch.to(self._device, self._dtype), normalize=True)
        return rows.float().cpu().numpy()

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with torch.inference_mode():
            rows = self._model.encode_text(
                self._tokenize(list(texts)).to(self._device), normalize=True
            )
        return rows.float().cpu().numpy()

    def truncated(self, texts: Sequence[str]) -> int:
        # A text that fits leaves one place more than its room to padding, as a short one does.
        room = self._tokenize.context_length
        narrow, wide = (self._tokenize([*texts, "a"], places) for places in (room, room + 1))
        changed = (wide[:, :room] != narrow).any(dim=1) | (wide[:, room] != wide[-1, room])
        return int(changed.sum())


def _native(precision: str) -> str:
    """open_clip keeps norms in float32 under "fp16"; "pure_" casts everything, as inputs are."""
    return precision if precision == "fp32" else f"pure_{precision}"


def _tokenizer(name: str) -> Any:
    """The tokenizer a config asks for; code that may lie beside its vocabulary stays unread."""
    text = open_clip.get_model_config(name)["text_cfg"]
    trust = {"trust_remote_code": False} if text.get("hf_tokenizer_name") else {}
    return open_clip.get_tokenizer(name, **trust)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
