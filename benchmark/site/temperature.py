"""The temperature that a model learned its similarities at, where its own weights keep it."""

from __future__ import annotations

import math
from pathlib import Path

from safetensors import safe_open

from benchmark.errors import BadInput
from benchmark.parsing import tensors
from benchmark.submission_files import files

_SCALE = "logit_scale"
"""In CLIP and its kin the logarithm of what cosines are multiplied by (Radford et al. 2021)."""
_READ = ("F16", "F32", "F64")


def temperature(folder: Path) -> float | None:
    """What cosines were divided by in training; None where no weights of the folder tell one."""
    try:
        weights = [path for path in files(folder) if path.suffix == ".safetensors"]
        for path in weights:
            found = tensors(path).get(_SCALE)  # header and size are checked before any is read
            if found and found.numbers == 1 and found.dtype in _READ:
                with safe_open(path, framework="numpy") as opened:
                    scale = float(opened.get_tensor(_SCALE).reshape(()))
                return math.exp(-scale) if abs(scale) < 20 else None
    except BadInput:  # said by `check` and `run`; a page of results needs no weights
        pass
    return None
