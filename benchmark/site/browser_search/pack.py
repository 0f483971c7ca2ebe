"""A pack: arrays with a head that says what they are, as docs/javascripts/find/pack.js reads it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = ("int8", "float32")
_HUFFMAN = (zlib.Z_HUFFMAN_ONLY, zlib.Z_DEFAULT_STRATEGY)
"""Weights seldom repeat, so that looking for repetitions costs more than it saves; some do."""


def packed(head: Mapping[str, object], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Four bytes that say how long the head is, the head, the arrays; each compressed by itself.

    The arrays are of int8 or float32; they come back flat.
    """
    parts, body = [], b""
    for name, array in arrays.items():
        kind = array.dtype.name
        if kind not in _KINDS:
            raise ValueError(f"{name}: {kind} is none of {', '.join(_KINDS)}")
        numbers = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        small = _compressed(numbers)
        parts.append({"name": name, "kind": kind, "at": len(body), "length": len(small)})
        body += small
    said = _compressed(json.dumps({**head, "parts": parts}, ensure_ascii=False).encode())
    return len(said).to_bytes(4, "little") + said + body


def _compressed(numbers: bytes) -> bytes:
    tries = []
    for strategy in _HUFFMAN:
        stream = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
        tries.append(stream.compress(numbers) + stream.flush())
    return min(tries, key=len)
