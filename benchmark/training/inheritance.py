"""Starting a student from its teacher's weights (TinyCLIP, Wu et al. 2023, manual inheritance)."""

from __future__ import annotations

import re

import torch
from torch import Tensor, nn

_BLOCK = re.compile(r"(.*resblocks\.)(\d+)(\..*)")


@torch.no_grad()
def inherit(student: nn.Module, teacher: nn.Module) -> None:
    """Copy what the student has room for.

    Layers of a transformer are taken evenly spaced, first and last among them; of every matrix
    the leading rows and columns. What the teacher lacks, or has in another rank, stays as it is.
    """
    theirs = dict(teacher.named_parameters())
    ours = dict(student.named_parameters())
    depth, their_depth = _depths(ours), _depths(theirs)
    for name, parameter in ours.items():
        source = theirs.get(_counterpart(name, depth, their_depth))
        if source is None or source.ndim != parameter.ndim:
            continue
        corner = tuple(
            slice(0, min(a, b)) for a, b in zip(parameter.shape, source.shape, strict=True)
        )
        parameter[corner] = source[corner]


def _counterpart(name: str, depth: dict[str, int], their_depth: dict[str, int]) -> str:
    """The name of the teacher's parameter that a student's comes from."""
    found = _BLOCK.fullmatch(name)
    if found is None or found[1] not in their_depth:
        return name
    last, their_last = depth[found[1]] - 1, their_depth[found[1]] - 1
    layer = round(int(found[2]) * their_last / last) if last else their_last
    return f"{found[1]}{layer}{found[3]}"


def _depths(parameters: dict[str, Tensor] | dict[str, nn.Parameter]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for name in parameters:
        if found := _BLOCK.fullmatch(name):
            depths[found[1]] = max(depths.get(found[1], 0), int(found[2]) + 1)
    return depths
