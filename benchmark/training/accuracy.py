"""How often a picture's own caption is the nearest: what fine-tuning studies report."""

from __future__ import annotations

from typing import Any

import torch

from benchmark.training.examples import Examples
from benchmark.training.models import Model


def accuracies(
    model: Model, ours: Examples, parts: dict[str, list[int]], others: Examples | None
) -> dict[str, Any]:
    """`top_1` of each part (name -> rows of `ours`), and of `others`, where there are any."""
    found = {name: top_1(model, ours, rows) for name, rows in parts.items()}
    if others is not None and others.captions:
        found["everything_else"] = top_1(model, others, list(range(len(others.captions))))
    return found


@torch.no_grad()
def top_1(model: Model, pairs: Examples, rows: list[int]) -> float:
    """Share of the pictures in `rows` whose own caption is nearest, among all of `pairs`."""
    texts = model.texts(model.tokenize([one[0] for one in pairs.captions]))
    nearest = (model.pictures(pairs.of(rows).pixels()) @ texts.T).argmax(1)
    return round((nearest.cpu() == torch.tensor(rows)).float().mean().item(), 4)
