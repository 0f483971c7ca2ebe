"""The weights of an ONNX graph in 8 bits, by the layers that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BadInput

_SMALL = ("_8", "_quantized")
"""What a stored array is called beside its name: by our own quantisation, by onnxruntime's."""


@dataclass(frozen=True)
class Weights:
    """`numbers` int8 (outputs, inputs) times `scale` float32 (outputs,); of a table (words, width)
    and (width,)."""

    numbers: NDArray[np.int8]
    scale: NDArray[np.float32]


class Graph:
    """What is stored in a graph. Raises BadInput where it cannot be read, or lacks something."""

    def __init__(self, path: Path) -> None:
        import onnx
        from onnx import numpy_helper

        self._path = path
        try:
            graph = onnx.load(path).graph
        except Exception as error:  # protobuf's errors share no base
            raise BadInput(path, " ".join(str(error).split())[:200] or "is no graph") from None
        self._stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self._reads: dict[str, tuple[str, bool]] = {}
        for node in graph.node:
            if node.op_type in ("MatMul", "Gemm") and len(node.input) > 1:
                name = node.input[1].removesuffix("_DequantizeLinear_Output")
                turned = any(one.name == "transB" and one.i for one in node.attribute)
                self._reads[node.output[0].removesuffix("_output_0")] = name, turned

    def array(self, name: str) -> NDArray[np.float32]:
        """A stored array that is kept in full."""
        return np.asarray(self._get(name), np.float32)

    def layer(self, place: str) -> Weights:
        """The weights that the MatMul or Gemm of this name multiplies by."""
        if place not in self._reads:
            raise BadInput(self._path, f"has no layer {place}", "the site knows other graphs")
        name, turned = self._reads[place]
        numbers, scale = self._small(name)
        return Weights(numbers if turned else numbers.T, scale)

    def table(self, name: str) -> Weights:
        """A table that is looked up by the numbers of words."""
        numbers, scale = self._small(name)
        return Weights(numbers, np.broadcast_to(scale, numbers.shape[1]))

    def _small(self, name: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        numbers = next((self._stored[name + e] for e in _SMALL if name + e in self._stored), None)
        if numbers is None or numbers.ndim != 2:
            raise BadInput(self._path, f"has no {name} in 8 bits", "the site knows other graphs")
        zero = self._stored.get(f"{name}_zero_point", np.zeros(1, np.int8))
        moved = numbers.astype(np.int16) - zero.astype(np.int16)
        scale = self.array(f"{name}_scale").reshape(-1)
        return np.clip(moved, -128, 127).astype(np.int8), scale

    def _get(self, name: str) -> NDArray[Any]:
        if name not in self._stored:
            raise BadInput(self._path, f"has no {name}", "the site knows other graphs")
        return self._stored[name]
