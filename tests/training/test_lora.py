from __future__ import annotations

import torch
from torch import nn

from benchmark.training import lora


def net() -> nn.Module:
    torch.manual_seed(0)
    return nn.ModuleDict(
        {
            "conv": nn.Conv2d(3, 4, 3, padding=1),
            "attention": nn.MultiheadAttention(4, 2, batch_first=True),
            "norm": nn.LayerNorm(4),
        }
    )


def run(module: nn.Module) -> torch.Tensor:
    picture = torch.linspace(-1, 1, 48).view(1, 3, 4, 4)
    rows = module["conv"](picture).flatten(2).transpose(1, 2)  # type: ignore[index]
    return module["norm"](module["attention"](rows, rows, rows)[0])  # type: ignore[index]


def test_at_first_nothing_changes_and_only_thin_matrices_learn() -> None:
    module = net().eval()
    before = run(module)
    lora.add(module, 2)
    torch.testing.assert_close(run(module), before)
    learning = {name for name, one in module.named_parameters() if one.requires_grad}
    assert all(name.endswith((".down", ".up")) for name in learning)
    # convolution 4 x 27, in-projection 12 x 4, out-projection 4 x 4; rank 2 each
    sizes = sum(one.numel() for one in module.parameters() if one.requires_grad)
    assert sizes == 2 * ((4 + 27) + (12 + 4) + (4 + 4))


def test_merged_it_gives_the_same_with_the_names_it_had() -> None:
    module = net().eval()
    names = set(module.state_dict())
    lora.add(module, 2)
    optimiser = torch.optim.SGD([p for p in module.parameters() if p.requires_grad], lr=0.5)
    for _ in range(3):
        loss = run(module)[..., 0].sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    tuned = run(module)
    lora.merge(module)
    torch.testing.assert_close(run(module), tuned)
    assert set(module.state_dict()) == names
    assert not torch.allclose(tuned, run(net().eval()))
