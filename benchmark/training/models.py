"""open_clip models of submissions, as trainers need them: built, started, cut short, kept."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import open_clip
import torch
from torch import Tensor

from benchmark.adapters.open_clip import CONFIG, OpenClip
from benchmark.errors import BadInput
from benchmark.submission import load as load_submission
from benchmark.training.keeping import keep

_PAD = 0
"""The padding token of vocabularies learned here."""
_ALIKE = 64
"""Texts of about one length that go through the tower together: padding is dear."""


class Model:
    """An open_clip model with its tokenizer and the preparation its config asks for."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        model = load_submission(folder, weights_to_come=True).model
        if not isinstance(model, OpenClip) or model.config is None or model.weights is None:
            raise BadInput(folder, "has a recipe, but no open_clip model with config and weights")
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        self.side = int(config["model_cfg"]["vision_cfg"]["image_size"])
        self.width = int(config["model_cfg"]["embed_dim"])
        self.weights = folder / model.weights
        self.device = device
        logging.getLogger().setLevel(logging.ERROR)  # open_clip warns of weights still to come
        name = f"local-dir:{folder}"
        self.net: Any = open_clip.create_model(name, load_weights=False, device=device)
        self.net = self.net.to(memory_format=torch.channels_last)
        self.tokenize = open_clip.get_tokenizer(name)
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

    def pictures(self, pixels: Tensor) -> Tensor:
        """Unit rows (n, d) of pixels (n, 3, side, side) in 0..1."""
        ready = self.prepared(pixels).contiguous(memory_format=torch.channels_last)
        rows: Tensor = self.net.encode_image(ready.to(self.device), normalize=True)
        return rows.float()

    def prepared(self, pixels: Tensor) -> Tensor:
        """Pixels in 0..1 as the model wants them."""
        return (pixels - self._mean) / self._std

    def texts(self, tokens: Tensor) -> Tensor:
        """Unit rows (n, d) of tokens (n, length); most of the padding is cut off if it may be."""
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
        """The rows of texts that are no longer than `length`."""
        tower = self.net.text
        mask = tower.attn_mask
        tower.attn_mask = mask[:length, :length]  # causal: what is cut off was never looked at
        try:
            rows: Tensor = self.net.encode_text(tokens[:, :length].to(self.device), normalize=True)
        finally:
            tower.attn_mask = mask
        return rows.float()

    def keep(self) -> None:
        """Write the weights."""
        keep(self.net, self.weights)


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
