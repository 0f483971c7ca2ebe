"""A model in 8 bits: its two graphs exported, then quantised by onnxruntime.

Weights and activations both, with ranges found on rendered pictures and their captions: ranges
found as inputs come would let the texts of a batch change one another's embeddings.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
        _in_8_bits(draft / PICTURES, "pixel_values", pictures)
        _in_8_bits(draft / TEXTS, "input_ids", tokens)
    return longest


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """A place for graphs within `folder`, which move there at the end, or never."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".graphs-") as place:
        yield Path(place)
        for path in Path(place).iterdir():
            path.replace(folder / path.name)


def _in_8_bits(graph: Path, field: str, inputs: NDArray[Any]) -> None:
    """Quantise a graph in place; ranges are found on `inputs` (n, ...) of its one input."""
    logging.getLogger().setLevel(logging.ERROR)  # it advises on what is done here anyway
    quant_pre_process(graph, graph, skip_symbolic_shape=True)
    onnx8.quantize_static(
        graph,
        graph,
        _Calibration(field, inputs),
        op_types_to_quantize=["Conv", "MatMul", "Gemm", "Gather"],
        per_channel=True,
        activation_type=onnx8.QuantType.QUInt8,
        weight_type=onnx8.QuantType.QInt8,
    )


class _Calibration(onnx8.CalibrationDataReader):  # type: ignore[misc]
    """Batches of inputs, from which ranges of activations are found."""

    def __init__(self, field: str, inputs: NDArray[Any]) -> None:
        parts = (inputs[start : start + _BATCH] for start in range(0, len(inputs), _BATCH))
        self._batches: Iterator[dict[str, Any]] = ({field: part} for part in parts)

    def get_next(self) -> dict[str, Any] | None:
        return next(self._batches, None)
