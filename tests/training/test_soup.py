from __future__ import annotations

import torch
from torch import nn

from benchmark.training.soup import soup


class Line(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([1.0, 2.0]))


def log(seconds: float) -> dict[str, object]:
    return {"losses": [seconds], "seconds": seconds, "spent": {"cpu_j": 10 * seconds}}


def test_runs_begin_alike_and_end_in_their_mean() -> None:
    start, begun = Line(), []

    def learn(module: Line, run: int) -> dict[str, object]:
        begun.append(module.weight.tolist())
        with torch.no_grad():
            module.weight += torch.tensor([1.0, 10.0]) * run
        return log(run + 1.0)

    mean, told = soup(start, 3, learn)
    assert begun == [[1, 2]] * 3
    assert mean.weight.tolist() == [2, 12]
    assert start.weight.tolist() == [1, 2]
    assert told == {"losses": [3.0], "seconds": 6.0, "spent": {"cpu_j": 60.0}}


def test_one_run_is_itself() -> None:
    def learn(module: Line, run: int) -> dict[str, object]:
        with torch.no_grad():
            module.weight *= 3
        return log(2.0)

    mean, told = soup(Line(), 1, learn)
    assert mean.weight.tolist() == [3, 6] and told == log(2.0)
