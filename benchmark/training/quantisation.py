"""A model in 8 bits: its two graphs exported, then quantised by onnxruntime.

Weights and activations both, with ranges found on rendered pictures and their captions: ranges
found as inputs come would let the texts of a batch change one another's embeddings.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx
import torch
from numpy.typing import NDArray
from onnxruntime import quantization as onnx8
from onnxruntime.quantization.shape_inference import quant_pre_process

from benchmark.adapters.onnx import PICTURES, TEXTS
from benchmark.adapters.open_clip import CONFIG
from benchmark.training import tokenizer
from benchmark.training.export import export
from benchmark.training.models import Model
from benchmark.training.recipe import Job
from benchmark.training.rendered_pairs import pixels, rendered

_BATCH = 64


def of_submission(home: Path, pairs: int, seed: int, job: Job, folder: Path) -> None:
    """Write the graphs of a trained open_clip submission to `folder`, and its tokenizer.

    Ranges are found on so many rendered pairs.
    """
    base = Model.trained(home, torch.device("cpu"))
    base.net.eval()
    drawn = rendered(pairs, seed, job.cache, lambda d, n: job.progress("drawing", d, n))
    seen = base.prepared(pixels(drawn.pictures(base.side)))
    tokens = base.tokenize([*drawn.english, *drawn.french])
    longest = quantised(base.net, home, seen.numpy(), tokens.numpy(), folder)
    tokenizer.copy(home, folder, longest)


def quantised(
    net: Any, home: Path, pictures: NDArray[Any], tokens: NDArray[Any], folder: Path
) -> int:
    """Write the graphs of `net`, whose config lies in `home`, to `folder`, or nothing.

    Ranges are found on `pictures` (n, 3, side, side) as the net wants them, and `tokens` (m, l).
    Returns the most tokens that the net takes.
    """
    with drafts(folder) as draft:
        longest = export(net, home / CONFIG, draft)
        in_8_bits(draft / PICTURES, {"pixel_values": pictures})
        in_8_bits(draft / TEXTS, {"input_ids": tokens})
    return longest


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """A place for graphs within `folder`, which move there at the end, or never."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".graphs-") as place:
        yield Path(place)
        for path in Path(place).iterdir():
            path.replace(folder / path.name)


def in_8_bits(
    graph: Path, inputs: Mapping[str, NDArray[Any]], *, apart: Sequence[str] = ()
) -> None:
    """Quantise a graph in place; ranges are found on `inputs`: name of an input -> (n, ...).

    Layers with a part of a name among `apart` stay as they are.
    """
    logging.getLogger().setLevel(logging.ERROR)  # it advises on what is done here anyway
    quant_pre_process(graph, graph, skip_symbolic_shape=True)
    nodes = [one.name for one in onnx.load(graph).graph.node]
    onnx8.quantize_static(
        graph,
        graph,
        _Calibration(inputs),
        op_types_to_quantize=["Conv", "MatMul", "Gemm", "Gather"],
        nodes_to_exclude=[name for name in nodes if any(part in name for part in apart)],
        per_channel=True,
        activation_type=onnx8.QuantType.QUInt8,
        weight_type=onnx8.QuantType.QInt8,
    )


class _Calibration(onnx8.CalibrationDataReader):  # type: ignore[misc]
    """Batches of inputs, from which ranges of activations are found."""

    def __init__(self, inputs: Mapping[str, NDArray[Any]]) -> None:
        count = len(next(iter(inputs.values())))
        self._batches: Iterator[dict[str, Any]] = (
            {name: given[start : start + _BATCH] for name, given in inputs.items()}
            for start in range(0, count, _BATCH)
        )

    def get_next(self) -> dict[str, Any] | None:
        return next(self._batches, None)
