"""ONNX graphs of strangers, read in our own process: what they call, and where weights lie."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message
from onnx import AttributeProto, FunctionProto, ModelProto, NodeProto, TensorProto

from benchmark.errors import BadInput
from benchmark.parsing import opened, shown, unreadable

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
_PAYLOADS = {
    "raw_data", "float_data", "double_data", "int32_data", "int64_data", "uint64_data",
    "string_data",
}  # fmt: skip
_MOST_BYTES, _MOST_OUTLINE, _MOST_MESSAGES, _DEEPEST = (2 << 30) - 1, 64 << 20, 500_000, 64
"""Of a graph with its weights (protobuf's own end), without them; its parts, within each other."""


def refuse_code(name: str, path: Path, files: Mapping[str, Path]) -> set[str]:
    """Refuse operators that are no arithmetic and weights that lie elsewhere. Raises BadInput.

    `files`: name in the folder -> file; `name` is the graph's own. Returns the names of the files
    that hold its weights, besides itself.
    """
    model, beside = outline(path), set()
    if model.training_info:
        raise BadInput(shown(path), "holds a training graph", "export it for inference")
    for part in _parts(model):
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
    found = [part for part in _parts(outline(path)) if isinstance(part, TensorProto)]
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
    parts = list(_parts(outline(path)))
    scales: set[str] = set()
    others: set[str] = set()
    for node in (part for part in parts if isinstance(part, NodeProto)):
        apart = _SCALES.get(node.op_type, _SCALES_OF_TWO if "QLinear" in node.op_type else ())
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


def outline(path: Path) -> ModelProto:
    """A graph without the numbers of its tensors, which are skipped unread. Raises BadInput.

    Parsing the file whole could take a hundred times its size: an empty part is two bytes.
    """
    try:
        with opened(path) as stream:
            size = stream.seek(0, 2)
            if size > _MOST_BYTES:
                raise BadInput(
                    shown(path), "is larger than 2 GB", "keep weights in files beside it"
                )
            stream.seek(0)
            data = _Outline(stream).of(ModelProto.DESCRIPTOR, size, 0)
        return ModelProto.FromString(data)
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, DecodeError, RecursionError):
        raise BadInput(shown(path), "is not an ONNX graph", "export it again") from None


class _Outline:
    """Copies protobuf's wire format, leaving out what `_PAYLOADS` names."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._messages, self._kept = stream, 0, 0

    def of(self, kind: Descriptor, end: int, depth: int) -> bytes:
        """The fields of a message that ends at byte `end`. Raises ValueError."""
        self._messages += 1
        if self._messages > _MOST_MESSAGES or depth > _DEEPEST:
            raise ValueError("too many parts")
        out = bytearray()
        while (start := self._stream.tell()) < end:
            tag = self._varint()
            field = kind.fields_by_number.get(tag >> 3)
            if field is None:
                raise ValueError("a field that ONNX does not know")
            length = {0: 0, 1: 8, 5: 4}.get(tag & 7)
            if tag & 7 == 0:
                self._varint()
            elif tag & 7 == 2:
                length = self._varint()
            if length is None or (stop := self._stream.tell() + length) > end:
                raise ValueError("a broken field")
            if kind.name == "TensorProto" and field.name in _PAYLOADS:
                self._stream.seek(stop)
            elif field.type == FieldDescriptor.TYPE_MESSAGE and tag & 7 == 2:
                inner = self.of(field.message_type, stop, depth + 1)
                out += _as_varint(tag) + _as_varint(len(inner)) + inner
            else:
                self._keep(stop - start)
                self._stream.seek(start)
                out += self._stream.read(stop - start)
        if self._stream.tell() != end:
            raise ValueError("a field longer than what holds it")
        return bytes(out)

    def _keep(self, count: int) -> None:
        self._kept += count
        if self._kept > _MOST_OUTLINE:
            raise ValueError("too large without its weights")

    def _varint(self) -> int:
        value = 0
        for place in range(10):
            byte = self._stream.read(1)
            if not byte:
                break
            value |= (byte[0] & 127) << 7 * place
            if byte[0] < 128:
                return value
        raise ValueError("a broken number")


def _as_varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _parts(message: Message) -> Iterator[Any]:
    """A message and all that it is made of, however deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        for field, value in part.ListFields():
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                waiting += [value] if isinstance(value, Message) else value


def _check_operator(path: Path, domain: str, operator: str) -> None:
    if domain not in _DOMAINS or (domain == "com.microsoft" and not _OPERATORS.fullmatch(operator)):
        problem = f"calls {shown(domain)}.{shown(operator)}, which is no arithmetic of ONNX"
        raise BadInput(shown(path), problem, "export it with standard operators")
