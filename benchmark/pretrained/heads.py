"""Heads that bring a picture's features and a sentence's embedding into one space."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmark.errors import BadInput
from benchmark.parsing import tensors


class Heads(nn.Module):
    """Two small networks to unit vectors (n, width), or two projections where `hidden` is 0.

    Features are standardised first, by `mean` and `deviation` of those that were learned from. A
    sentence goes past its network too, by `skip`: what its encoder knows is added to, not lost.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, features: int, sentences: int, width: int, hidden: int) -> None:
        super().__init__()
        self.hidden = hidden
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("deviation", torch.ones(features))
        self.image = (
            _network(features, hidden, width, 0.3) if hidden else nn.Linear(features, width)
        )
        self.text = _network(sentences, hidden, width, 0.1) if hidden else None
        self.skip = nn.Linear(sentences, width, bias=False)

    @property
    def first(self) -> str:
        """Name of the matrix that features meet first."""
        return "image.0.weight" if self.hidden else "image.weight"

    def pictures(self, features: Tensor) -> Tensor:
        """(n, width) of features (n, f)."""
        standard = (features - self.mean) / self.deviation
        found: Tensor = functional.normalize(self.image(standard), dim=-1)
        return found

    def texts(self, sentences: Tensor) -> Tensor:
        """(n, width) of a sentence encoder's unit vectors (n, s)."""
        joined = self.skip(sentences)
        if self.text is not None:
            joined = joined + self.text(sentences)
        found: Tensor = functional.normalize(joined, dim=-1)
        return found


def _network(given: int, hidden: int, width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(given, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, width)
    )


def load(path: Path, features: int, sentences: int) -> Heads:
    """Heads of a safetensors file, in eval mode. Raises BadInput where they do not fit."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    held = tensors(path)
    (width, *_), (hidden, *_) = (
        held[name].shape or (1,) if name in held else (0,)
        for name in ("skip.weight", "image.0.weight")
    )
    try:
        with torch.device("meta"):  # no room is taken on a file's word
            heads = Heads(features, sentences, width or 1, hidden)
        stored = {name: value.float() for name, value in load_file(path).items()}
        heads.load_state_dict(stored, assign=True)
    except (RuntimeError, SafetensorError) as error:
        problem = " ".join(str(error).split())[:200]
        raise BadInput(path, problem, "train the heads of this image and text encoder") from None
    return heads.eval()
