"""open_clip models of submissions, as trainers need them: built, started, cut short, kept."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from numpy.typing import NDArray
from PIL.Image import Image, Resampling
from torch import Tensor

from benchmark.adapters.open_clip import CONFIG, OpenClip
from benchmark.errors import BadInput
from benchmark.parsing import json_table
from benchmark.submission import load as load_submission
from benchmark.submission_files import MANIFEST
from benchmark.training.weights_file import save_weights

_NEEDED = {
    "model_cfg": ("embed_dim",),
    "model_cfg.vision_cfg": ("image_size",),
    "model_cfg.text_cfg": ("vocab_size",),
    "preprocess_cfg": ("mean", "std"),
}
"""Keys of open_clip_config.json that are read here, by table."""
_PAD = 0
"""The padding token of vocabularies learned here."""
_ALIKE = 64
"""Texts of about one length that go through the tower together: padding is dear."""


class Model:
    """An open_clip model with its tokenizer and the preparation its config asks for."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        """Raises BadInput where the folder describes no such model."""
        config, self.weights = described(folder)
        self.side = int(config["model_cfg"]["vision_cfg"]["image_size"])
        self.width = int(config["model_cfg"]["embed_dim"])
        self.device = device
        self.net: Any = build(folder, device).to(memory_format=torch.channels_last)
        self.tokenize = open_clip.get_tokenizer(f"local-dir:{folder}")
        bilinear = config["preprocess_cfg"].get("interpolation") == "bilinear"
        self._resampling = Resampling.BILINEAR if bilinear else Resampling.BICUBIC
        self._mean, self._std = (
            torch.tensor(config["preprocess_cfg"][key]).view(1, 3, 1, 1) for key in ("mean", "std")
        )

    @classmethod
    def trained(cls, folder: Path, device: torch.device) -> Model:
        """A model with its weights. Raises BadInput where they are still to come."""
        load_submission(folder)  # says what is missing
        return cls(folder, device).restore()

    def restore(self) -> Model:
        """Load the weights that are there."""
        open_clip.load_checkpoint(self.net, str(self.weights), device=str(self.device))
        return self

    def squashed(self, picture: Image) -> NDArray[np.uint8]:
        """An RGB picture (side, side, 3), shrunk as the model's own preparation does."""
        return np.asarray(picture.resize((self.side, self.side), self._resampling))

    def pictures(self, pixels: Tensor) -> Tensor:
        """Unit vectors (n, d) of pixels (n, 3, side, side) in 0..1."""
        ready = self.prepared(pixels).contiguous(memory_format=torch.channels_last)
        embeddings: Tensor = self.net.encode_image(ready.to(self.device), normalize=True)
        return embeddings.float()

    def prepared(self, pixels: Tensor) -> Tensor:
        """Pixels in 0..1 as the model wants them."""
        return (pixels - self._mean) / self._std

    def texts(self, tokens: Tensor) -> Tensor:
        """Unit vectors (n, d) of tokens (n, length); most padding is cut off if it may be."""
        if not takes_any_length(self.net):
            whole: Tensor = self.net.encode_text(tokens.to(self.device), normalize=True)
            return whole.float()
        lengths = (tokens != _PAD).sum(1)
        order = lengths.argsort()
        parts = [
            self._cut(tokens[some], int(lengths[some].max())) for some in torch.split(order, _ALIKE)
        ]
        return torch.cat(parts)[order.argsort()]

    def _cut(self, tokens: Tensor, length: int) -> Tensor:
        """The embeddings of texts that are no longer than `length`."""
        tower = self.net.text
        mask = tower.attn_mask
        tower.attn_mask = mask[:length, :length]  # causal: what is cut off was never looked at
        try:
            short = tokens[:, :length].to(self.device)
            embeddings: Tensor = self.net.encode_text(short, normalize=True)
        finally:
            tower.attn_mask = mask
        return embeddings.float()

    def save(self) -> None:
        """Write the weights to where the manifest says, whole or not at all."""
        save_weights(self.net, self.weights)


def described(folder: Path) -> tuple[dict[str, Any], Path]:
    """open_clip's config of a submission, and where its weights lie or will. Raises BadInput."""
    model = load_submission(folder, weights_to_come=True).model
    if not isinstance(model, OpenClip) or model.config is None or model.weights is None:
        where = f"{folder / MANIFEST}: model"
        raise BadInput(where, "is no open_clip model with config and weights", "only such are used")
    config = json_table(folder / CONFIG)
    for table, keys in _NEEDED.items():
        inner: Any = config
        for part in table.split("."):
            inner = inner.get(part) if isinstance(inner, dict) else None
        for key in keys:
            if not isinstance(inner, dict) or key not in inner:
                raise BadInput(f"{folder / CONFIG}: {table}.{key}", "missing", "add it")
    return config, folder / model.weights


def build(folder: Path, device: torch.device) -> Any:
    """The net that a submission's config describes, its weights drawn at random.

    Raises BadInput with open_clip's own complaint where it can make nothing of the config.
    """
    logging.getLogger().setLevel(logging.ERROR)  # open_clip warns of weights still to come
    try:
        return open_clip.create_model(f"local-dir:{folder}", load_weights=False, device=device)
    except (ArithmeticError, AssertionError, LookupError, RuntimeError, TypeError, ValueError) as e:
        problem = f"open_clip makes no model of it ({type(e).__name__}: {e})"
        raise BadInput(folder / CONFIG, problem, "mend model_cfg") from None


def takes_any_length(net: Any) -> bool:
    """Whether padding may be cut off: a causal text tower of open_clip's, read at a text's end.

    A plain CLIP, and whatever looks at a whole text, wants its full context.
    """
    text = getattr(net, "text", None)
    return (
        getattr(text, "attn_mask", None) is not None
        and getattr(text, "cls_emb", None) is None
        and not getattr(text, "use_pad_mask", False)
        and getattr(text, "pool_type", "") in ("argmax", "eos")
    )
