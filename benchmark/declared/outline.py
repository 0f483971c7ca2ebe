"""ONNX files read without their numbers: all that decides what a graph does, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message
from onnx import ModelProto

from benchmark.errors import BadInput
from benchmark.parsing import opened, shown, unreadable

_PAYLOADS = {
    "raw_data", "float_data", "double_data", "int32_data", "int64_data", "uint64_data",
    "string_data",
}  # fmt: skip
_MOST_BYTES, _MOST_OUTLINE = (2 << 30) - 1, 64 << 20
"""Of a file with its numbers (protobuf's own end), and without them."""
_MOST_PARTS, _MOST_FIELDS, _DEEPEST = 500_000, 2_000_000, 64
"""A large model has some ten thousand nodes, each with a dozen fields."""


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
        self._stream = stream
        self._parts = self._fields = self._kept = 0

    def of(self, kind: Descriptor, end: int, depth: int) -> bytes:
        """The fields of a message that ends at byte `end`. Raises ValueError."""
        self._parts += 1
        if self._parts > _MOST_PARTS or depth > _DEEPEST:
            raise ValueError("too many parts")
        out = bytearray()
        while (start := self._stream.tell()) < end:
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                raise ValueError("too many fields")
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


def parts_of(message: Message) -> Iterator[Any]:
    """A message and all that it is made of, however deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        for field, value in part.ListFields():
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                waiting += [value] if isinstance(value, Message) else value
