"""Learning heads between frozen encoders: what is optimised, its loss, and what is kept of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.pretrained.features import last_stages, late
from benchmark.pretrained.heads import Heads
from benchmark.training import losses
from benchmark.training.frozen_states import States

COMPONENTS = 1024
"""Principal components of the features that heads learn from, at most; then folded into their
weights."""
_LEAST = 1e-4
"""Of the largest component's deviation: what varies less is rounding, and no component."""
_WHITENED = 0.5
"""Power of a component's deviation that it is divided by."""


class Reduction:
    """Features standardised, and turned to their principal components, partly whitened."""

    def __init__(self, features: NDArray[np.float32]) -> None:
        """`features` (n, f) of what is learned from."""
        self.mean = features.mean(0)
        self.deviation = features.std(0) + 1e-6
        standard = (features - self.mean) / self.deviation
        _, sizes, axes = np.linalg.svd(standard, full_matrices=False)
        sizes = sizes[sizes > _LEAST * sizes[0]][:COMPONENTS] / math.sqrt(len(features))
        scale = sizes**_WHITENED * sizes.mean() ** (1 - _WHITENED)
        self.axes: NDArray[np.float32] = (axes[: len(scale)] / scale[:, None]).astype(np.float32)

    def __call__(self, features: NDArray[np.floating]) -> Tensor:
        """(n, components)."""
        turned = (features - self.mean) / self.deviation @ self.axes.T
        return torch.from_numpy(turned.astype(np.float32))

    def folded(self, learned: Heads) -> Heads:
        """Heads that take features as they come and do as `learned` does with components."""
        skip = learned.skip
        whole = Heads(len(self.mean), skip.in_features, skip.out_features, learned.hidden)
        state = learned.state_dict()
        state["mean"] = torch.from_numpy(self.mean)
        state["deviation"] = torch.from_numpy(self.deviation)
        state[learned.first] = state[learned.first] @ torch.from_numpy(self.axes)
        whole.load_state_dict(state)
        return whole.eval()


class Joining(nn.Module):
    """Heads while they learn: over components, with dropout of these, and a temperature."""

    def __init__(self, components: int, sentences: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.heads = Heads(components, sentences, sentences, hidden)
        nn.init.eye_(self.heads.skip.weight)  # at first a sentence stays what it is
        if self.heads.text is not None:
            for part in self.heads.text[3].parameters():
                nn.init.zeros_(part)
        self.dropout = nn.Dropout(dropout)
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def forward(self, components: Tensor, sentences: Tensor, fits: Tensor) -> Tensor:
        """The contrastive loss of a batch: (p, components), (t, s), (t, p)."""
        losses.cap(self.logit_scale)
        texts, pictures = self.embedded(components, sentences)
        return losses.contrastive(texts, pictures, fits, self.logit_scale.exp())

    def embedded(self, components: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
        """Unit vectors of texts (t, d) and of pictures (p, d), as they are while heads learn."""
        with torch.autocast("cpu", torch.bfloat16):
            pictures = self.heads.pictures(self.dropout(components))
            texts = self.heads.texts(sentences)
        return texts.float(), pictures.float()

    def anchored(self, components: Tensor, names: Tensor, likely: Tensor) -> Tensor:
        """How far the classes that pictures are near are from those that the encoder sees in them.

        `names` (c, s) are sentences of ImageNet's classes, `likely` (p, c) their probabilities:
        Kullback-Leibler divergence, so that what ConSE knew is kept.
        """
        texts, pictures = self.embedded(components, names)
        logits = self.logit_scale.exp() * pictures @ texts.T
        ours = torch.log_softmax(logits, -1)
        return nn.functional.kl_div(ours, likely, reduction="batchmean")


class Tuned(nn.Module):
    """Heads, and the last stages of the image encoder, which learn with them.

    Only pointwise convolutions move: those over neighbours and the norms hold little and cost
    most of the way back.
    """

    mean: Tensor
    deviation: Tensor
    axes: Tensor

    def __init__(self, network: Any, reduction: Reduction, learned: Joining) -> None:
        super().__init__()
        self.stages, self.learned = last_stages(network), learned
        self._late = partial(late, network)
        for name in ("mean", "deviation", "axes"):
            self.register_buffer(name, torch.from_numpy(getattr(reduction, name)), persistent=False)
        self.stages.requires_grad_(False)
        for part in self.stages.modules():
            if isinstance(part, nn.Conv2d) and part.groups == 1:
                part.requires_grad_(True)

    def components(self, states: States, rows: Sequence[int]) -> Tensor:
        """(n, components) of n rows."""
        found = torch.empty(len(rows), len(self.axes))
        for places, some, views in states.of(rows):
            with torch.autocast("cpu", torch.bfloat16):
                features = self._late(some, views)
            found[places] = (features.float() - self.mean) / self.deviation @ self.axes.T
        return found
