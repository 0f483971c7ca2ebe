from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from benchmark.errors import BadInput
from benchmark.parsing import Tensor, json_table, opened, shown, tensors, toml

FUZZ = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def said(read: Callable[[Path], Any], path: Path, data: bytes) -> str:
    """The refusal of a file, without the path before its name."""
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a = " + b"[" * 30_000, "is nested too deeply; flatten it"),
        (b"a" + b".a" * 20_000 + b" = 1", "is nested too deeply; flatten it"),
        (b"a" + b".a" * 900 + b" = 1", "is nested too deeply; flatten it"),
        (b"a = [{" + b"a." * 400 + b"a = 1}]", "is nested too deeply; flatten it"),
        (b"#" * 65_537, "is larger than 64 KB; make it smaller"),
        (b"a = 1\na = 2", "not valid TOML (Cannot overwrite a value (at end of document))"),
    ],
)
def test_toml_is_bounded(tmp_path: Path, data: bytes, problem: str) -> None:
    assert said(toml, tmp_path / "s.toml", data) == f"s.toml: {problem}"


def test_a_toml_number_without_end(tmp_path: Path) -> None:
    found = said(toml, tmp_path / "s.toml", b"a = " + b"9" * 5000)
    assert found.startswith("s.toml: not valid TOML (Exceeds the limit")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"[" * 100_000, "is nested too deeply; flatten it"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "is nested too deeply; flatten it"),
        (b'{"a": 1, "a": 2}', "not valid JSON (a key comes twice); write it anew"),
        (b'{"a": NaN}', "not valid JSON (NaN is no number); write it anew"),
        (b"[]", "is not a JSON object; write it anew"),
        (b" " * ((16 << 20) + 1), "is larger than 16384 KB; make it smaller"),
    ],
)
def test_json_is_bounded(tmp_path: Path, data: bytes, problem: str) -> None:
    assert said(json_table, tmp_path / "c.json", data) == f"c.json: {problem}"


def test_a_json_number_without_end(tmp_path: Path) -> None:
    found = said(json_table, tmp_path / "c.json", b'{"a": ' + b"9" * 5000 + b"}")
    assert found.startswith("c.json: not valid JSON (Exceeds the limit")


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "file").touch()
    for name in ("fifo", "link", "."):
        with pytest.raises(BadInput, match="is not a regular file; replace it by one"):
            opened(tmp_path / name)
    with pytest.raises(BadInput, match="none: missing; add it"):
        opened(tmp_path / "none")


def test_what_is_shown_is_one_harmless_line() -> None:
    assert shown("a\nb\x1b[31m\u202e\udcff é") == "a\\nb\\x1b[31m\\u202e\\udcff é"
    assert len(shown("x" * 5000)) == 300


def test_tensors_are_read_from_the_header_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    save_file({"a": np.ones((2, 3), np.float32), "b": np.ones(4, np.int64)}, path)
    assert tensors(path) == {"a": Tensor("F32", (2, 3)), "b": Tensor("I64", (4,))}
    assert tensors(path)["a"].numbers == 6


@pytest.mark.parametrize("length", [640, 19_280])
def test_a_length_that_looks_like_a_pickle_is_none(tmp_path: Path, length: int) -> None:
    header = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path = tmp_path / "w.safetensors"
    path.write_bytes(length.to_bytes(8, "little") + header.ljust(length) + bytes(4))
    assert list(tensors(path)) == ["a"]


def headed(header: object, data: int = 4) -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(data)


ENTRY = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}


@pytest.mark.parametrize(
    "header",
    [
        {"a": ENTRY | {"shape": [2]}},
        {"a": ENTRY | {"shape": [-1, -1]}},
        {"a": ENTRY | {"shape": [1] * 17}},
        {"a": ENTRY | {"shape": [True]}},
        {"a": ENTRY | {"shape": [10**40, 0]}},
        {"a": ENTRY | {"dtype": "PY"}},
        {"a": ENTRY, "b": ENTRY},
        {"a": ENTRY | {"data_offsets": [4, 8]}},
        {"a": ENTRY | {"data_offsets": [4, 0]}},
    ],
)
def test_a_header_that_tells_no_tensors(tmp_path: Path, header: object) -> None:
    path = tmp_path / "w.safetensors"
    problem = "w.safetensors: has a broken safetensors header; save it again"
    assert said(tensors, path, headed(header)) == problem


def test_a_header_is_bounded(tmp_path: Path) -> None:
    data = (1 << 40).to_bytes(8, "little") + b"{}"
    assert said(tensors, tmp_path / "w.safetensors", data) == (
        "w.safetensors: has a header of more than 16 MB; save it with safetensors"
    )


WHOLE = headed({"a": ENTRY, "__metadata__": {"format": "pt"}})


@FUZZ
@given(place=st.integers(0, len(WHOLE)), cut=st.integers(0, 9), more=st.binary(max_size=9))
def test_no_byte_of_a_header_raises_anything_else(
    tmp_path: Path, place: int, cut: int, more: bytes
) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(WHOLE[:place] + more + WHOLE[place + cut :])
    try:
        tensors(path)
    except BadInput as error:
        assert "\n" not in str(error)
