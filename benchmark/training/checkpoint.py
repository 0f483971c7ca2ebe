"""Where a training stands, kept now and then so that it can go on after an interruption."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from benchmark.workspace import digest_of, replacing


def place(cache: Path, name: str, *parts: str) -> Path:
    """Where the checkpoint of a submission is kept; another one for other `parts`."""
    return cache / "checkpoints" / name / f"{digest_of(*parts)[:16]}.safetensors"


def clear(cache: Path, name: str) -> None:
    """Remove every checkpoint of a submission: its weights are written."""
    shutil.rmtree(cache / "checkpoints" / name, ignore_errors=True)


def save(
    path: Path, module: torch.nn.Module, optimiser: torch.optim.Optimizer, log: dict[str, Any]
) -> None:
    """Write module, optimiser and log as one safetensors file, never half."""
    tensors = {f"module.{name}": value for name, value in module.state_dict().items()}
    for index, state in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{index}.{name}": value for name, value in state.items()}
    whole = ((name, torch.as_tensor(value)) for name, value in tensors.items())  # some are flags
    tensors = {name: value.detach().cpu().clone().contiguous() for name, value in whole}
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        save_file(tensors, temporary, metadata={"log": json.dumps(log)})


def load(
    path: Path, module: torch.nn.Module, optimiser: torch.optim.Optimizer
) -> dict[str, Any] | None:
    """Bring module and optimiser to where they were and return the log; None if none was kept."""
    if not path.is_file():
        return None
    with safe_open(path, "pt") as stored:
        log: dict[str, Any] = json.loads(stored.metadata()["log"])
        tensors = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
    module.load_state_dict(_under("module.", tensors))
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in _under("optimiser.", tensors).items():
        index, field = name.split(".", 1)
        state.setdefault(int(index), {})[field] = value
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": state, "param_groups": groups})
    return log


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
