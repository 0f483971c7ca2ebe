from __future__ import annotations

import torch
from torch import nn

from benchmark.training.inheritance import inherit


class Text(nn.Module):
    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(5, width)
        self.resblocks = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))


class Model(nn.Module):
    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.text = Text(width, layers)
        self.own = nn.Linear(width, 2) if width == 2 else nn.Conv2d(2, 2, 1)


def test_layers_are_taken_evenly_and_matrices_by_their_corner() -> None:
    teacher, student = Model(4, 5), Model(2, 3)
    before = student.own.weight.clone()
    inherit(student, teacher)
    theirs, ours = teacher.text, student.text
    torch.testing.assert_close(ours.embedding.weight, theirs.embedding.weight[:, :2])
    for layer, source in ((0, 0), (1, 2), (2, 4)):
        assert torch.equal(ours.resblocks[layer].weight, theirs.resblocks[source].weight[:2, :2])
        assert torch.equal(ours.resblocks[layer].bias, theirs.resblocks[source].bias[:2])
    assert torch.equal(student.own.weight, before)  # another rank: left as it is


def test_a_single_layer_inherits_the_last() -> None:
    teacher, student = Model(4, 5), Model(2, 1)
    inherit(student, teacher)
    assert torch.equal(student.text.resblocks[0].bias, teacher.text.resblocks[4].bias[:2])
