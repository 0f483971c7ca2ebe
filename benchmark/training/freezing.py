"""Which weights learn: those of the projections, of the last blocks too, or low-rank parts."""

from __future__ import annotations

import re

from torch import nn

from benchmark.training import lora

_PROJECTIONS = ("visual.head.", "visual.proj", "text.text_projection", "text_projection")
_NORMS = ("visual.ln_post", "visual.trunk.norm", "text.ln_final", "ln_final", "logit_scale")
_BLOCK = re.compile(r"(.*\.(?:layer|stages\.|resblocks\.))(\d+)\..*")


def choose(net: nn.Module, tune: str, rank: int) -> int:
    """Freeze what is not to learn; the number of parameters that are. `rank` is of LoRA."""
    if tune == "lora":
        lora.add(net, rank)
    else:
        deep = tune == "last blocks"
        last = _last_blocks(net) if deep else ()
        wanted = (*_PROJECTIONS, *(_NORMS if deep else ()), *last)
        for name, parameter in net.named_parameters():
            parameter.requires_grad_(name.startswith(wanted))
    return sum(one.numel() for one in net.parameters() if one.requires_grad)


def _last_blocks(net: nn.Module) -> tuple[str, ...]:
    """Beginnings of the names of each tower's last block."""
    last: dict[str, int] = {}
    for name, _ in net.named_parameters():
        found = _BLOCK.match(name)
        if found:
            last[found[1]] = max(last.get(found[1], 0), int(found[2]))
    return tuple(f"{stem}{number}." for stem, number in last.items())
