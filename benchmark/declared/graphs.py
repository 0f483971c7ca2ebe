"""ONNX graphs of strangers, read in our own process: what they call, and where weights lie."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from onnx import AttributeProto, FunctionProto, NodeProto, TensorProto

from benchmark.declared.outline import outline, parts_of
from benchmark.errors import BadInput
from benchmark.parsing import shown

_DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
_OPERATORS = re.compile(
    "Attention|BiasAdd|BiasGelu|BiasSplitGelu|DequantizeLinear|DynamicQuantizeMatMul|"
    "EmbedLayerNormalization|FastGelu|FusedConv|FusedGemm|FusedMatMul|FusedMatMulActivation|"
    "GatherBlockQuantized|GatherND|Gelu|GemmFastGelu|GroupNorm|GroupQueryAttention|MatMulBnb4|"
    "MatMulInteger16|MatMulIntegerToFloat|MatMulNBits|MultiHeadAttention|NhwcConv|NhwcFusedConv|"
    "NhwcMaxPool|Pad|QAttention|QEmbedLayerNormalization|QGemm|QLinear[A-Za-z]+|QuantizeLinear|"
    "QuickGelu|RelativePositionBias|RotaryEmbedding|SimplifiedLayerNormalization|SkipGroupNorm|"
    "SkipLayerNormalization|SkipSimplifiedLayerNormalization|Trilu"
)
"""Of com.microsoft: what its exporters, optimiser and quantiser write. Others open files
(EPContext) or call Python (PythonOp)."""
_KEPT = re.compile(r"[^/]+\.(onnx_data|data|pb)(_[0-9]+)?")
_SCALES = {"QuantizeLinear": (1, 2), "DequantizeLinear": (1, 2)}
_SCALES_OF_TWO = (1, 2, 4, 5, 6, 7)
"""Places of scales and zero points among a node's inputs; two is what QLinear... takes together."""


def refuse_code(name: str, path: Path, files: Mapping[str, Path]) -> set[str]:
    """Refuse operators that are no arithmetic and weights that lie elsewhere. Raises BadInput.

    `files`: name in the folder -> file; `name` is the graph's own. Returns the names of the files
    that hold its weights, besides itself.
    """
    model, beside = outline(path), set()
    if model.training_info:
        raise BadInput(shown(path), "holds a training graph", "export it for inference")
    for part in parts_of(model):
        if isinstance(part, NodeProto):
            _check_operator(path, part.domain, part.op_type)
        elif isinstance(part, FunctionProto):
            _check_operator(path, part.domain, part.name)
        elif isinstance(part, TensorProto):
            beside |= _kept_elsewhere(name, path, part)
    for needed in beside:
        if needed not in files:
            problem = f"keeps weights in '{shown(needed)}', which is not in the folder"
            raise BadInput(shown(path), problem, "put it beside the graph")
    return beside


def weight_files(name: str, path: Path) -> set[str]:
    """Names in the folder of the files that hold a graph's weights, besides itself."""
    found = [part for part in parts_of(outline(path)) if isinstance(part, TensorProto)]
    return {needed for tensor in found for needed in _kept_elsewhere(name, path, tensor)}


def _kept_elsewhere(name: str, path: Path, tensor: TensorProto) -> set[str]:
    """The name of the file that holds a tensor, if it is another. Raises BadInput."""
    if tensor.data_location != TensorProto.EXTERNAL and not tensor.external_data:
        return set()
    places = [entry.value for entry in tensor.external_data if entry.key == "location"]
    place = PurePosixPath(places[0] if places else "..")
    if len(places) > 1 or place.is_absolute() or {"..", "\\", ":"} & {*place.parts, *str(place)}:
        problem = f"keeps weights in '{shown(place)}', outside the submission"
        raise BadInput(shown(path), problem, "put it beside the graph")
    if not _KEPT.fullmatch(place.name):
        problem = f"keeps weights in '{shown(place)}', which is not named as weights are"
        raise BadInput(shown(path), problem, "call it NAME.onnx_data")
    return {str(PurePosixPath(name).parent / place)}


def numbers(path: Path) -> int:
    """How many numbers a graph's weights are made of; scales and zero points are not counted.

    Tensors count wherever they stand, in a branch or as a node's constant. Raises BadInput where
    a size is none.
    """
    parts = list(parts_of(outline(path)))
    scales: set[str] = set()
    others: set[str] = set()
    for node in (part for part in parts if isinstance(part, NodeProto)):
        kind = str(node.op_type)  # bytes, where they are no UTF-8
        apart = _SCALES.get(kind, _SCALES_OF_TWO if "QLinear" in kind else ())
        for place, name in enumerate(node.input):
            (scales if place in apart else others).add(name)
    total = sum(len(part.floats) for part in parts if isinstance(part, AttributeProto))
    for tensor in (part for part in parts if isinstance(part, TensorProto)):
        if any(side < 0 for side in tensor.dims):
            problem = f"'{shown(tensor.name)}' has a size below 0"
            raise BadInput(shown(path), problem, "export it again")
        if tensor.dims and (tensor.name in others or tensor.name not in scales):
            total += math.prod(tensor.dims)
    return total


def _check_operator(path: Path, domain: str, operator: str) -> None:
    if domain not in _DOMAINS or (domain == "com.microsoft" and not _OPERATORS.fullmatch(operator)):
        problem = f"calls {shown(domain)}.{shown(operator)}, which is no arithmetic of ONNX"
        raise BadInput(shown(path), problem, "export it with standard operators")
