"""The weights of an ONNX graph in 8 bits, its arithmetic in full.

Activations in 8 bits cost a student more than they won it: on two cores a picture took as long,
and a sentence vector fell to a cosine of 0.91. Stored weights are cast and scaled by operators
that a runtime folds once, as it loads; rows of a table after they are looked up.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

_LEAST = 1024
"""Numbers of a matrix or kernel that is worth it."""
_LARGEST = 127


def in_8_bits(path: Path) -> None:
    """Matrices, kernels and tables of a graph, in place; each output channel has a scale."""
    model = onnx.load(path)
    graph, first = model.graph, []
    uses: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)
    for stored in list(graph.initializer):
        weights = numpy_helper.to_array(stored)
        if weights.dtype != np.float32 or weights.ndim < 2 or weights.size < _LEAST:
            continue
        readers, name = uses[stored.name], stored.name
        scale = _scale(weights, _axis(readers[0], weights.ndim))
        small = np.rint(weights / scale).astype(np.int8)
        graph.initializer.remove(stored)
        graph.initializer.append(numpy_helper.from_array(small, f"{name}_8"))
        if all(node.op_type == "Gather" for node in readers):
            scale = scale.reshape(-1)
            for node in readers:
                node.input[0], made = f"{name}_8", node.output[0]
                node.output[0] = f"{made}_8"
                place = list(graph.node).index(node) + 1
                for more in reversed(_whole(f"{made}_8", f"{name}_scale", made)):
                    graph.node.insert(place, more)
        else:
            first += _whole(f"{name}_8", f"{name}_scale", name)
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
    for node in reversed(first):
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _whole(small: str, scale: str, made: str) -> list[NodeProto]:
    """Nodes that make numbers in full of those in 8 bits."""
    return [
        helper.make_node("Cast", [small], [f"{made}_cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{made}_cast", scale], [made]),
    ]


def _axis(node: NodeProto, dimensions: int) -> int:
    """Which axis of its weights a node's output channels lie along."""
    if node.op_type == "Conv":
        return 0
    if node.op_type == "Gemm":
        return 0 if any(one.name == "transB" and one.i for one in node.attribute) else 1
    return dimensions - 1


def _scale(weights: np.ndarray, axis: int) -> np.ndarray:
    others = tuple(other for other in range(weights.ndim) if other != axis)
    largest = np.abs(weights).max(others, keepdims=True)
    scale: np.ndarray = np.maximum(largest, np.finfo(np.float32).tiny) / np.float32(_LARGEST)
    return scale.astype(np.float32)
