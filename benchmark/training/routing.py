"""Learning a router: which pictures are drawn ones, by least squares over components."""

from __future__ import annotations

import torch
from torch import Tensor

from benchmark.pretrained.routed import Router
from benchmark.training.joining import Reduction

_SHARPNESS = 20.0
"""Of the logistic function over a line that is fitted to -1 (painting) and 1 (drawn)."""
_RIDGE = 1e-2
_KEPT = 5
"""One picture of so many is kept back, to see how many the router sends right."""


def routing(reduction: Reduction, paintings: Tensor, scenes: Tensor) -> tuple[Router, float]:
    """A router over features, and the share of pictures kept back that it sends right.

    `paintings` (n, components) and `scenes` (m, components), each kind weighing the same.
    """
    back = [one[::_KEPT] for one in (paintings, scenes)]
    ours = [one[torch.arange(len(one)) % _KEPT > 0] for one in (paintings, scenes)]
    given = torch.cat([torch.nn.functional.pad(one, (0, 1), value=1.0) for one in ours]).double()
    signs = torch.cat(
        [torch.full((len(one),), sign) for one, sign in zip(ours, (-1, 1), strict=True)]
    ).double()
    weights = torch.cat([torch.full((len(one),), 1 / len(one)) for one in ours]).double()
    square = given.T @ (given * weights[:, None])
    square += _RIDGE * square.diagonal().mean() * torch.eye(len(square), dtype=torch.float64)
    line = (_SHARPNESS * torch.linalg.solve(square, given.T @ (weights * signs))).float()
    right = [
        ((one @ line[:-1] + line[-1] > 0) == drawn)
        for one, drawn in zip(back, (False, True), strict=True)
    ]
    axes = line[:-1] @ torch.from_numpy(reduction.axes) / torch.from_numpy(reduction.deviation)
    router = Router(len(axes))
    with torch.no_grad():
        router.line.weight[0] = axes
        router.line.bias[0] = line[-1] - axes @ torch.from_numpy(reduction.mean)
    return router, float(torch.cat(right).float().mean())
