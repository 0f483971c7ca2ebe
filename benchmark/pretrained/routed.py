"""Two dual encoders as one: drawn pictures go to an expert for them, paintings to joined heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image
from torch import Tensor, nn

from benchmark.abilities import Encoder
from benchmark.errors import BadInput
from benchmark.parsing import tensors
from benchmark.pretrained import experts
from benchmark.pretrained.joined import Joined


class Router(nn.Module):
    """How likely pictures are drawn ones, of their features: a logistic regression."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.line = nn.Linear(features, 1)

    def forward(self, features: Tensor) -> Tensor:
        """(n, 1) in 0..1 of features (n, f)."""
        return torch.sigmoid(self.line(features))


class Routed:
    """An Encoder of two, whose embeddings stand side by side as `experts` has it."""

    def __init__(self, joined: Joined, expert: Encoder, router: Path, features: int) -> None:
        """Raises BadInput where the router does not fit features (n, features)."""
        self._joined, self._expert = joined, expert
        self._router = load(router, features)

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """(n, d + e) unit vectors."""
        features = self._joined.features(images)
        with torch.inference_mode():
            drawn = self._router(features).numpy()
        ours, theirs = self._joined.pictures(features), self._expert.encode_images(images)
        return experts.pictures(ours, theirs, drawn)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, d + e) unit vectors."""
        return experts.texts(self._joined.encode_texts(texts), self._expert.encode_texts(texts))


def load(path: Path, features: int) -> Router:
    """A router of a safetensors file, in eval mode. Raises BadInput where it does not fit."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    router, remedy = Router(features), "train it with the heads"
    held = {name: one.shape for name, one in tensors(path).items()}
    if held != {name: tuple(one.shape) for name, one in router.state_dict().items()}:
        raise BadInput(path, f"is no router of {features} features", remedy)
    try:
        router.load_state_dict(load_file(path))
    except (RuntimeError, SafetensorError):  # of types that a header may name and torch has not
        raise BadInput(path, "has numbers of a type that cannot be read", remedy) from None
    return router.eval()
