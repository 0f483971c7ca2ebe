"""Strangers' files read in our own process: bounded in size and depth, and only ever data."""

from __future__ import annotations

import io
import json
import math
import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.errors import BadInput

TOML_MOST, JSON_MOST, HEADER_MOST = 64 << 10, 16 << 20, 16 << 20
"""Bytes of a manifest, of a JSON file, of the header of a safetensors file."""
_DEEPEST = 32
"""Tables and lists within each other; no format that we read comes near it."""
_MOST_DOTS = 1000
"""In a line of TOML: the time that a dotted key takes grows with the square of its length."""
_BITS = {"BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "BF16": 16, "C64": 64}
_BITS |= {f"F8_{kind}": 8 for kind in ("E4M3", "E5M2", "E8M0", "E4M3FNUZ", "E5M2FNUZ")}
_BITS |= {f"{kind}{bits}": bits for kind in "IU" for bits in (8, 16, 32, 64)}
_BITS |= {f"F{bits}": bits for bits in (16, 32, 64)}
"""What safetensors calls its types -> bits of a number."""


@dataclass(frozen=True)
class Tensor:
    """An entry of a safetensors header."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def numbers(self) -> int:
        return math.prod(self.shape)


PICKLED = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
"""How pickles begin, from protocol 2 on."""


def shown(name: object) -> str:
    """A stranger's name or text as one harmless line: no control characters, at most 300 long."""
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(name))
    return text if len(text) <= 300 else f"{text[:150]}...{text[-147:]}"


def opened(path: Path) -> io.BufferedReader:
    """Open a regular file to read; never waits, never follows a link. Raises BadInput."""
    # A FIFO would hang whoever opens it to read; O_NOFOLLOW and O_NONBLOCK are not on Windows.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise BadInput(shown(path), "is not a regular file", "replace it by one")
        handle = os.open(path, flags)
    except OSError as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadInput(shown(path), "is not a regular file", "replace it by one")
    return os.fdopen(handle, "rb")


def unreadable(path: Path, error: OSError) -> BadInput:
    """What is said of a file or folder that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return BadInput(shown(path), "missing", "add it")
    reason = error.strerror or type(error).__name__
    return BadInput(shown(path), f"cannot be read ({reason})", "make it readable, or remove it")


def read(path: Path, most: int) -> bytes:
    """A file's bytes. Raises BadInput if there are more than `most`."""
    try:
        with opened(path) as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    if len(data) > most:
        raise BadInput(shown(path), f"is larger than {most >> 10} KB", "make it smaller")
    return data


def text_lines(path: Path) -> list[str]:
    """The lines of a text of 16 MB at most. Raises BadInput."""
    try:
        return read(path, JSON_MOST).decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadInput(shown(path), "is not UTF-8", "save it so") from None


def toml(path: Path) -> dict[str, Any]:
    """A TOML file as a table. Raises BadInput."""
    data = read(path, TOML_MOST)
    try:
        if max((line.count(b".") for line in data.splitlines()), default=0) > _MOST_DOTS:
            raise RecursionError
        table = tomllib.loads(data.decode("utf-8"))
        _not_too_deep(table)
    except RecursionError:
        raise BadInput(shown(path), "is nested too deeply", "flatten it") from None
    except ValueError as error:  # of TOML, UTF-8, and of numbers with thousands of digits
        raise BadInput(shown(path), f"not valid TOML ({shown(error)})") from None
    return table


def json_table(path: Path, name: str = "") -> dict[str, Any]:
    """A JSON file as a table. Raises BadInput, calling it `name` where that is given."""
    return json_object(name or path, read(path, JSON_MOST))


def json_object(where: object, data: bytes) -> dict[str, Any]:
    """JSON that is already read, as a table. Raises BadInput, calling it `where`."""
    table = _json(where, data)
    if not isinstance(table, dict):
        raise BadInput(shown(where), "is not a JSON object", "write it anew")
    return table


def _json(where: object, data: bytes) -> Any:
    try:
        table = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
        _not_too_deep(table)
    except RecursionError:
        raise BadInput(shown(where), "is nested too deeply", "flatten it") from None
    except ValueError as error:  # of JSON, UTF-8, and of numbers with thousands of digits
        raise BadInput(shown(where), f"not valid JSON ({shown(error)})", "write it anew") from None
    return table


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table; of a key that comes twice every reader takes another value."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key comes twice")
    return table


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _not_too_deep(table: object) -> None:
    """Raises RecursionError; without recursion of its own."""
    level, depth = [table], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise RecursionError
        tables = [one for one in level if isinstance(one, dict)]
        lists = [one for one in level if isinstance(one, list)]
        level = [value for one in tables for value in one.values()]
        level += [value for one in lists for value in one]


def tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file by name, from its header alone: 8 bytes, then JSON.

    Raises BadInput where the file is none, or not as long as its header says.
    """
    try:
        with opened(path) as stream:
            start = stream.read(9)
            length = int.from_bytes(start[:8], "little")
            if start[8:9] != b"{":  # before that, a length may begin like a pickle: 640 does
                remedy = "save it with safetensors"
                if start[:2] in PICKLED or start[:2] == b"PK":
                    raise BadInput(shown(path), "is a pickle, which can run code", remedy)
                raise BadInput(shown(path), "is not a safetensors file", remedy)
            if length > HEADER_MOST:
                most = f"more than {HEADER_MOST >> 20} MB"
                raise BadInput(shown(path), f"has a header of {most}", "save it with safetensors")
            stream.seek(8)
            data = stream.read(length)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        header = _json(path, data)
        found = {name: _tensor(entry) for name, entry in header.items() if name != "__metadata__"}
        _whole([entry["data_offsets"] for name, entry in header.items() if name in found])
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name in found]
    except (BadInput, ValueError, LookupError, TypeError, AttributeError):
        raise BadInput(shown(path), "has a broken safetensors header", "save it again") from None
    if size != (expected := 8 + length + max(ends, default=0)):
        problem = f"is {size} bytes where its header says {expected}"
        raise BadInput(shown(path), problem, "copy it again")
    return found


def _tensor(entry: Mapping[str, Any]) -> Tensor:
    """An entry of a header. Raises ValueError, LookupError or TypeError where it is none."""
    shape, (start, end) = entry["shape"], entry["data_offsets"]
    whole = [*shape, start, end]
    if len(shape) > 16 or not all(type(n) is int and 0 <= n < 1 << 62 for n in whole):
        raise ValueError
    tensor = Tensor(str(entry["dtype"]), tuple(shape))
    if tensor.numbers * _BITS[tensor.dtype] != 8 * (end - start):
        raise ValueError
    return tensor


def _whole(spans: list[list[int]]) -> None:
    """Raises ValueError where bytes belong to two tensors or to none."""
    reached = 0
    for start, end in sorted(spans):
        if start != reached:
            raise ValueError
        reached = end
