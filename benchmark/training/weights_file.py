"""Weights on disk: float16 safetensors, never half written."""

from __future__ import annotations

from pathlib import Path

from safetensors.torch import save_file
from torch import nn

from benchmark.workspace import replacing


def save_weights(module: nn.Module, path: Path) -> None:
    """Write a module's weights; what is no fraction, such as a counter, stays as it is."""
    state = {
        name: (value.half() if value.is_floating_point() else value).detach().cpu().contiguous()
        for name, value in module.state_dict().items()
    }
    with replacing(path) as temporary:
        save_file(state, temporary, metadata={"format": "pt"})
