"""Low-rank adaptation (LoRA: Hu et al. 2021) by torch's own parametrisations."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrize import is_parametrized, register_parametrization
from torch.nn.utils.parametrize import remove_parametrizations as _merge

_SCALE = 2.0
"""LoRA's alpha over its rank."""


class LowRank(nn.Module):
    """A weight plus the product of two thin matrices; the second begins at nothing."""

    def __init__(self, weight: Tensor, rank: int) -> None:
        super().__init__()
        rows, columns = weight.shape[0], weight[0].numel()
        self.down = nn.Parameter(torch.randn(rank, columns) / columns**0.5)
        self.up = nn.Parameter(torch.zeros(rows, rank))

    def forward(self, weight: Tensor) -> Tensor:
        return weight + _SCALE * (self.up @ self.down).view_as(weight)


def add(module: nn.Module, rank: int) -> None:
    """Freeze a module and give each matrix of its layers a low-rank part that learns."""
    module.requires_grad_(False)
    for layer in list(module.modules()):
        for name, weight in list(layer.named_parameters(recurse=False)):
            if weight.ndim >= 2 and name in ("weight", "in_proj_weight"):
                register_parametrization(layer, name, LowRank(weight, rank))


def merge(module: nn.Module) -> None:
    """Add the low-rank parts into the weights, so that nothing of them remains."""
    for layer in list(module.modules()):
        if is_parametrized(layer):
            for name in list(layer.parametrizations):  # type: ignore[arg-type]
                _merge(layer, name, leave_parametrized=True)
