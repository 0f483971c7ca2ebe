"""Between what a model was and what tuning made of it (WiSE-FT: Wortsman et al. 2022)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from benchmark.training.models import Model

Weights = dict[str, Tensor]


def mixed(model: Model, start: Weights, shares: list[float], worth: Callable[[], float]) -> float:
    """Mix the tuned weights with the first ones in the share that is worth most (WiSE-FT)."""
    tuned = {name: value.clone() for name, value in model.net.state_dict().items()}
    found = []
    for share in shares:
        model.net.load_state_dict(_mix(start, tuned, share))
        found.append((worth(), share))
    best = max(found)[1]
    model.net.load_state_dict(_mix(start, tuned, best))
    return best


def _mix(start: Weights, tuned: Weights, share: float) -> Weights:
    return {
        name: torch.lerp(start[name], value, share) if value.is_floating_point() else value
        for name, value in tuned.items()
    }
