"""How large a model is, read from its files by our own process: a model may say anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from benchmark.adapters.weights import open_clip_weights, snapshot_files
from benchmark.declared import graphs
from benchmark.errors import BadInput
from benchmark.parsing import Tensor, json_table, shown, tensors
from benchmark.submission import Onnx, OpenClip, Submission, Transformers
from benchmark.submission_files import MANIFEST, files

_WEIGHTS = {".safetensors", ".onnx", ".npy", ".npz", ".gguf"}
_BUFFERS = re.compile(r".*(running_mean|running_var|attn_mask|position_ids|relative_coords_table)")
"""Tensors that are kept with the parameters and are none, though they may hold fractions."""


def count(
    folder: Path, submission: Submission, snapshot: Path | None
) -> tuple[dict[str, int] | None, int]:
    """Parameters by tower ("image", "text"), and bytes of the files that hold them.

    None for the parameters of a model with code of its own: there it is the model's word. Only the
    headers of files are read. Raises BadInput where a file is not what its name says.
    """
    model = submission.model
    there = dict(snapshot_files(snapshot)) if snapshot else _by_name(folder)
    if isinstance(model, Onnx):
        towers = {"image": _plain(model.pictures), "text": _plain(model.texts)}
        used = _there(folder, there, set(towers.values()))
        sizes = {tower: graphs.numbers(used[name]) for tower, name in towers.items()}
        beside = {one for name, path in used.items() for one in graphs.weight_files(name, path)}
        used |= _there(folder, there, beside)
    elif isinstance(model, OpenClip):
        own = open_clip_weights(snapshot).name if snapshot else str(model.weights)
        used = _there(folder, there, {_plain(own)})
        sizes = _towers(used.values(), ("visual.", "module.visual."))
    elif isinstance(model, Transformers):
        used = _there(folder, there, _shards(PurePosixPath(model.folder or "."), there))
        sizes = _towers(used.values(), ("vision_model.",))
    else:
        return None, sum(p.stat().st_size for p in there.values() if p.suffix in _WEIGHTS)
    return sizes, sum(path.stat().st_size for path in used.values())


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in files(folder)}


def _plain(name: str) -> str:
    """A name as the listing has it: "./a" is "a"."""
    return str(PurePosixPath(name))


def _there(folder: Path, there: dict[str, Path], names: set[str]) -> dict[str, Path]:
    if missing := sorted(names - set(there)):
        raise BadInput(folder / MANIFEST, f"model: '{shown(missing[0])}' is missing", "add it")
    return {name: there[name] for name in names}


def _shards(home: PurePosixPath, there: dict[str, Path]) -> set[str]:
    """The weight files that transformers reads: one, or those that an index names."""
    index = there.get(str(home / "model.safetensors.index.json"))
    whole = str(home / "model.safetensors")
    if whole in there or index is None:
        return {whole}
    return {str(home / shard) for shard in json_table(index)["weight_map"].values()}


def _towers(weights: Iterable[Path], image: tuple[str, ...]) -> dict[str, int]:
    """Parameters of the tensors whose names begin with one of `image`, and of all others."""
    sizes = {"image": 0, "text": 0}
    for path in weights:
        for name, tensor in tensors(path).items():
            if _is_parameter(name, tensor):
                sizes["image" if name.startswith(image) else "text"] += tensor.numbers
    return sizes


def _is_parameter(name: str, tensor: Tensor) -> bool:
    return tensor.dtype.startswith(("F", "BF")) and not _BUFFERS.fullmatch(name)
