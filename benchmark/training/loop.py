"""The loop all recipes share: schedule, checkpoints, a log, and an end when the loss is lost."""

from __future__ import annotations

import math
import platform
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from benchmark.energy import COUNTRY, Meter, Spent, method
from benchmark.training import checkpoint
from benchmark.training.optimiser import optimiser
from benchmark.training.recipe import Log, Progress
from benchmark.training.settings import Steps

_LEG_S = 120.0
"""Seconds between checkpoints: the most that an interruption can lose, and one energy pass."""
_CURVE = 200
"""Points that are kept of the loss curve."""


def fit(
    module: nn.Module,
    loss_at: Callable[[int], Tensor],
    recipe: Steps,
    kept: Path,
    progress: Progress,
    stage: str = "training",
    by: Callable[[nn.Module, Steps], torch.optim.Optimizer] = optimiser,
) -> Log:
    """Minimise `loss_at(step)` over the parameters of `module` that need gradients.

    Linear warm-up, half a cosine down to zero. Where the checkpoint `kept` is there, goes on from
    it; it stays for the caller to remove once the weights are written. Raises FloatingPointError
    with the step and the remedy when the loss is no longer a number.
    """
    moving = by(module, recipe)
    log = checkpoint.load(kept, module, moving) or {"losses": [], "seconds": 0.0, "spent": {}}
    step = len(log["losses"])
    while step < recipe.steps:
        began = time.perf_counter()
        with Meter() as meter:
            legs_end = False
            while not legs_end:
                rate = recipe.learning_rate * share(step, recipe.warm_up, recipe.steps)
                for group in moving.param_groups:
                    group["lr"] = rate
                loss = loss_at(step)
                if not torch.isfinite(loss):
                    wrong = f"loss is {loss.item()} at step {step}"
                    raise FloatingPointError(f"{wrong}; lower learning_rate, now {rate:.3g}")
                moving.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(module.parameters(), 1.0)
                moving.step()
                log["losses"].append(round(loss.item(), 4))
                step += 1
                progress(stage, step, recipe.steps)
                legs_end = step == recipe.steps or time.perf_counter() - began > _LEG_S
        log["seconds"] += time.perf_counter() - began
        log["spent"] = _added(log["spent"], meter.spent)
        checkpoint.save(kept, module, moving, log)
    return log


def share(step: int, warm_up: int, steps: int) -> float:
    """The learning rate's share of its peak: linear warm-up, then half a cosine to zero."""
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def summary(log: Log, device: torch.device) -> Log:
    """What training.json says of a training: time, machine, energy, the loss curve."""
    every = max(1, len(log["losses"]) // _CURVE)
    return {
        "minutes": round(log["seconds"] / 60, 1),
        "machine": f"{platform.machine()}, {torch.get_num_threads()} threads, {device.type}",
        "torch": torch.__version__,
        "energy": {
            "method": method(),
            **{part: round(value, 1) for part, value in log["spent"].items()},
            "country": COUNTRY,
        },
        f"loss_every_{every}_steps": log["losses"][::every],
        "last_loss": log["losses"][-1],
    }


def _added(before: dict[str, float], spent: Spent) -> dict[str, float]:
    parts = ("cpu_j", "gpu_j", "ram_j", "g_co2e")
    return {part: before.get(part, 0) + getattr(spent, part) for part in parts}
