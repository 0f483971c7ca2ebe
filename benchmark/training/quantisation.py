"""A student in 8 bits: its two graphs exported, then quantised by onnxruntime.

Weights and activations both, with ranges found on rendered pictures and their captions: ranges
found as inputs come would let the texts of a batch change one another's rows.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from onnxruntime import quantization as onnx8
from onnxruntime.quantization.shape_inference import quant_pre_process

from benchmark.adapters.onnx import Onnx
from benchmark.adapters.open_clip import CONFIG
from benchmark.errors import BadInput
from benchmark.submission import load as load_submission
from benchmark.submission_files import MANIFEST
from benchmark.training import vocabulary
from benchmark.training.export import PICTURES, TEXTS, export
from benchmark.training.loop import Log, Progress
from benchmark.training.models import Model
from benchmark.training.pictures import pixels, rendered
from benchmark.training.recipe import Int8

_BATCH = 64


def train(folder: Path, recipe: Int8, cache: Path, progress: Progress) -> tuple[Path, Log]:
    """Write the graphs of the base of `folder` in 8 bits, and what the ONNX adapter reads them by.

    Returns the graph of pictures. Raises BadInput.
    """
    submission = load_submission(folder, weights_to_come=True)
    if submission.base is None:
        raise BadInput(f"{folder / MANIFEST}: base", "missing", "name what is quantised")
    if not isinstance(submission.model, Onnx):
        raise BadInput(f"{folder / MANIFEST}: model.adapter", "is not onnx", 'adapter = "onnx"')
    home = folder.parent / submission.base
    base = Model.trained(home, torch.device("cpu"))
    base.net.eval()
    pairs = rendered(recipe.pairs, recipe.seed, cache, lambda d, n: progress("drawing", d, n))
    seen = base.prepared(pixels(pairs.pictures(base.side)))
    tokens = base.tokenize([*pairs.english, *pairs.french])
    given = ((PICTURES, "pixel_values", seen), (TEXTS, "input_ids", tokens))
    logging.getLogger().setLevel(logging.ERROR)  # it advises on what is done here anyway
    with tempfile.TemporaryDirectory(dir=folder, prefix=".graphs-") as place:
        draft = Path(place)
        longest = export(base.net, home / CONFIG, draft)
        for name, field, examples in given:
            quant_pre_process(draft / name, draft / name, skip_symbolic_shape=True)
            onnx8.quantize_static(
                draft / name,
                draft / name,
                _Calibration(field, examples.numpy()),
                op_types_to_quantize=["Conv", "MatMul", "Gemm", "Gather"],
                per_channel=True,
                activation_type=onnx8.QuantType.QUInt8,
                weight_type=onnx8.QuantType.QInt8,
            )
        for path in draft.iterdir():
            path.replace(folder / path.name)
    vocabulary.copy(home, folder, longest)
    return folder / PICTURES, {"quantised": submission.base, "calibrated_on": recipe.pairs}


class _Calibration(onnx8.CalibrationDataReader):  # type: ignore[misc]
    """Batches of inputs, from which ranges of activations are found."""

    def __init__(self, field: str, rows: NDArray[Any]) -> None:
        parts = (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
        self._batches: Iterator[dict[str, Any]] = ({field: part} for part in parts)

    def get_next(self) -> dict[str, Any] | None:
        return next(self._batches, None)
