"""Where torch models run, and in which precision."""

from __future__ import annotations

import torch

PRECISIONS = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


def pick(device: str) -> torch.device:
    """The device asked for; "auto" is CUDA where there is one, else the CPU."""
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return torch.device(device)


def count(module: torch.nn.Module) -> int:
    """Number of parameters of a module, shared ones once."""
    return sum(parameter.numel() for parameter in module.parameters())
