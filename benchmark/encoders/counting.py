"""How large a model is, read from its files by our own process: a model may say anything."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from benchmark.declared import graphs
from benchmark.encoders.weights import open_clip_weights, snapshot_files
from benchmark.parsing import Tensor, json_table, tensors
from benchmark.submission import Onnx, OpenClip, Submission, Transformers
from benchmark.submission_files import files

_WEIGHTS = {".safetensors", ".onnx", ".npy", ".npz", ".gguf"}
_BUFFERS = re.compile(r".*(running_mean|running_var|attn_mask|position_ids|relative_coords_table)")
"""Tensors that are kept with the parameters and are none, though they may hold fractions."""
_IMAGE = {"open_clip": ("visual.", "module.visual."), "transformers": ("vision_model.",)}


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
        towers = {
            "image": str(PurePosixPath(model.pictures)),
            "text": str(PurePosixPath(model.texts)),
        }
        sizes = {tower: graphs.numbers(there[name]) for tower, name in towers.items()}
        used = {*towers.values()}
        used |= {one for name in towers.values() for one in graphs.weight_files(name, there[name])}
    elif isinstance(model, OpenClip | Transformers):
        used = (
            {_weights_of(model, snapshot)} if isinstance(model, OpenClip) else _shards(model, there)
        )
        found = [(name, t) for one in sorted(used) for name, t in tensors(there[one]).items()]
        parameters = {name: t.numbers for name, t in found if _is_parameter(name, t)}
        image = sum(n for k, n in parameters.items() if k.startswith(_IMAGE[model.adapter]))
        sizes = {"image": image, "text": sum(parameters.values()) - image}
    else:
        return None, sum(p.stat().st_size for p in there.values() if p.suffix in _WEIGHTS)
    return sizes, sum(there[name].stat().st_size for name in used)


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in files(folder)}


def _weights_of(model: OpenClip, snapshot: Path | None) -> str:
    return open_clip_weights(snapshot).name if snapshot else str(PurePosixPath(str(model.weights)))


def _shards(model: Transformers, there: dict[str, Path]) -> set[str]:
    """The weight files that transformers reads: one, or those that an index names."""
    home = PurePosixPath(model.folder or ".")
    if (whole := str(home / "model.safetensors")) in there:
        return {whole}
    index = there.get(str(home / "model.safetensors.index.json"))
    shards = json_table(index).get("weight_map", {}).values() if index else ()
    return {str(home / shard) for shard in shards}


def _is_parameter(name: str, tensor: Tensor) -> bool:
    return tensor.dtype.startswith(("F", "BF")) and not _BUFFERS.fullmatch(name)
