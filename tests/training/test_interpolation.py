from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import nn

from benchmark.training.interpolation import mixed


@pytest.mark.parametrize(
    ("shares", "best"), [([0.0, 0.5, 1.0], 0.5), ([0.25, 1.0], 0.25), ([1.0], 1.0)]
)
def test_the_share_that_is_worth_most_is_taken(shares: list[float], best: float) -> None:
    net = nn.Linear(1, 1, bias=False)
    net.register_buffer("counted", torch.tensor(7))
    start = {"weight": torch.tensor([[2.0]]), "counted": torch.tensor(7)}
    nn.init.constant_(net.weight, 6.0)
    model: Any = SimpleNamespace(net=net)
    # worth most where the weight is 3.9: of shares 0, 1/2 and 1 that is the half, a weight of 4
    found = mixed(model, start, shares, lambda: -abs(net.weight.item() - 3.9))
    assert found == best
    assert net.weight.item() == 2 + 4 * best
    assert net.counted == 7
