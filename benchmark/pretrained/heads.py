"""Heads that bring a picture's features and a sentence's embedding into one space."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmark.errors import BadInput
from benchmark.parsing import tensors

HIDDEN = 1024


class Heads(nn.Module):
    """Two small networks to unit vectors (n, width).

    Features are standardised first, by `mean` and `deviation` of those that were learned from. A
    sentence goes past its network too, by `skip`: what its encoder knows is added to, not lost.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, features: int, sentences: int, width: int = 512) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("deviation", torch.ones(features))
        self.image = nn.Sequential(
            nn.Linear(features, HIDDEN), nn.GELU(), nn.Dropout(0.3), nn.Linear(HIDDEN, width)
        )
        self.text = nn.Sequential(
            nn.Linear(sentences, HIDDEN), nn.GELU(), nn.Dropout(0.1), nn.Linear(HIDDEN, width)
        )
        self.skip = nn.Linear(sentences, width, bias=False)

    def pictures(self, features: Tensor) -> Tensor:
        """(n, width) of features (n, f)."""
        standard = (features - self.mean) / self.deviation
        found: Tensor = functional.normalize(self.image(standard), dim=-1)
        return found

    def texts(self, sentences: Tensor) -> Tensor:
        """(n, width) of a sentence encoder's unit vectors (n, s)."""
        joined = self.skip(sentences) + self.text(sentences)
        found: Tensor = functional.normalize(joined, dim=-1)
        return found


def load(path: Path, features: int, sentences: int) -> Heads:
    """Heads of a safetensors file, in eval mode. Raises BadInput where they do not fit."""
    from safetensors.torch import load_file

    skip = tensors(path).get("skip.weight")
    width = skip.shape[0] if skip and skip.shape else 1
    try:
        with torch.device("meta"):  # no room is taken on a file's word
            heads = Heads(features, sentences, width)
        stored = {name: value.float() for name, value in load_file(path).items()}
        heads.load_state_dict(stored, assign=True)
    except RuntimeError as error:
        problem = " ".join(str(error).split())[:200]
        raise BadInput(path, problem, "train the heads of this image and text encoder") from None
    return heads.eval()
