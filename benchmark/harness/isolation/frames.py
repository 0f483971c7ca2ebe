"""Frames on the channel between the harness and a worker: a head of JSON, a body of bytes.

    4 bytes head length | 8 bytes body length | head | body      (little-endian)

A worker leaves nothing but such frames: no file of its is ever opened. Both ends use this module;
only the harness's end bounds what it reads, because only the worker's runs a stranger's code.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from struct import Struct
from typing import Any, BinaryIO

LENGTHS = Struct("<IQ")
LONGEST_HEAD = 64 * 1024
"""Bytes of a head that a worker may send."""


def packed(head: Mapping[str, object], body: Sequence[bytes | memoryview] = ()) -> list[memoryview]:
    """The parts of a frame, in order; bodies are not copied."""
    said = json.dumps(head).encode()
    lengths = LENGTHS.pack(len(said), sum(map(len, body)))
    return [memoryview(lengths + said), *(memoryview(part) for part in body)]


def write(stream: int, frame: Sequence[memoryview]) -> None:
    """Write a packed frame to a blocking descriptor."""
    for part in frame:
        while part:
            part = part[os.write(stream, part) :]


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame of one's parent, which is trusted; None where the channel was closed."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)
