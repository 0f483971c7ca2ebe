"""Several runs from one start, their weights averaged: a model soup (Wortsman et al. 2022)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TypeVar

import torch
from torch import nn

from benchmark.training.recipe import Log

T = TypeVar("T", bound=nn.Module)


def soup(start: T, runs: int, learn: Callable[[T, int], Log]) -> tuple[T, Log]:
    """`learn(module, run)` trains a copy of `start` in place. The average, and a log of all runs.

    The log is the last run's, with the seconds and the energy of all.
    """
    learned, logs = [], []
    for run in range(runs):
        learned.append(deepcopy(start))
        logs.append(learn(learned[-1], run))
    mean = deepcopy(start)
    states = [one.state_dict() for one in learned]
    with torch.no_grad():
        for name, value in mean.state_dict().items():
            value.copy_(torch.stack([state[name].float() for state in states]).mean(0))
    spent = {part: sum(log["spent"][part] for log in logs) for part in logs[-1]["spent"]}
    return mean, {**logs[-1], "seconds": sum(log["seconds"] for log in logs), "spent": spent}
