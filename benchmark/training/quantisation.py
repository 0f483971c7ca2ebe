"""A model in 8 bits: its two graphs exported, then quantised by onnxruntime.

Weights and activations both, with ranges found on rendered pictures and their captions: ranges
found as inputs come would let the texts of a batch change one another's embeddings.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from onnxruntime import quantization as onnx8
from onnxruntime.quantization.shape_inference import quant_pre_process

from benchmark.adapters.open_clip import CONFIG
from benchmark.training.export import PICTURES, TEXTS, export

_BATCH = 64


def quantised(
    net: Any, home: Path, pictures: NDArray[Any], tokens: NDArray[Any], folder: Path
) -> int:
    """Write the graphs of `net`, whose config lies in `home`, to `folder`, or nothing.

    Ranges are found on `pictures` (n, 3, side, side) as the net wants them, and `tokens` (m, l).
    Returns the most tokens that the net takes.
    """
    given = ((PICTURES, "pixel_values", pictures), (TEXTS, "input_ids", tokens))
    logging.getLogger().setLevel(logging.ERROR)  # it advises on what is done here anyway
    with tempfile.TemporaryDirectory(dir=folder, prefix=".graphs-") as place:
        draft = Path(place)
        longest = export(net, home / CONFIG, draft)
        for name, field, examples in given:
            quant_pre_process(draft / name, draft / name, skip_symbolic_shape=True)
            onnx8.quantize_static(
                draft / name,
                draft / name,
                _Calibration(field, examples),
                op_types_to_quantize=["Conv", "MatMul", "Gemm", "Gather"],
                per_channel=True,
                activation_type=onnx8.QuantType.QUInt8,
                weight_type=onnx8.QuantType.QInt8,
            )
        for path in draft.iterdir():
            path.replace(folder / path.name)
    return longest


class _Calibration(onnx8.CalibrationDataReader):  # type: ignore[misc]
    """Batches of inputs, from which ranges of activations are found."""

    def __init__(self, field: str, inputs: NDArray[Any]) -> None:
        parts = (inputs[start : start + _BATCH] for start in range(0, len(inputs), _BATCH))
        self._batches: Iterator[dict[str, Any]] = ({field: part} for part in parts)

    def get_next(self) -> dict[str, Any] | None:
        return next(self._batches, None)
