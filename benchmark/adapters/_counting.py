"""How large a model is, read from its files by our own process: a model may say anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from benchmark.adapters._adapter import Files, ModelTable, adapters
from benchmark.adapters._weights import snapshot_files
from benchmark.parsing import Tensor, tensors
from benchmark.submission_files import files

_WEIGHTS = {".safetensors", ".onnx", ".npy", ".npz", ".gguf"}
_BUFFERS = re.compile(r".*(running_mean|running_var|attn_mask|position_ids|relative_coords_table)")
"""Tensors that are kept with the parameters and are none, though they may hold fractions."""


def count(
    folder: Path, table: ModelTable, snapshot: Path | None
) -> tuple[dict[str, int] | None, int]:
    """Parameters by tower ("image", "text"), and bytes of the files that hold them.

    None for the parameters of a model with code of its own: there it is the model's word. Only the
    headers of files are read. Raises BadInput where a file is not what its name says.
    """
    there = dict(snapshot_files(snapshot)) if snapshot else _by_name(folder)
    found = Files(folder, there)
    held = adapters()[table.adapter].parameters(table, found)
    if held is None:
        return None, sum(p.stat().st_size for p in found.values() if p.suffix in _WEIGHTS)
    own = sum(found[name].stat().st_size for name in held.files)
    return held.parameters, own + held.elsewhere


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in files(folder)}


def plain(name: str) -> str:
    """A name as the listing has it: "./a" is "a"."""
    return str(PurePosixPath(name))


def towers(weights: Iterable[Path], image: tuple[str, ...]) -> dict[str, int]:
    """Parameters of the tensors whose names begin with one of `image`, and of all others."""
    sizes = {"image": 0, "text": 0}
    for path in weights:
        for name, tensor in tensors(path).items():
            if _is_parameter(name, tensor):
                sizes["image" if name.startswith(image) else "text"] += tensor.numbers
    return sizes


def _is_parameter(name: str, tensor: Tensor) -> bool:
    return tensor.dtype.startswith(("F", "BF")) and not _BUFFERS.fullmatch(name)
