from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.workspace import Workspace, digest_of, file_digest, replacing


def test_found_from_a_folder_below(workspace: Workspace) -> None:
    assert Workspace.find(workspace.submissions / "healthy").root == workspace.root.resolve()


def test_not_found_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        Workspace.find(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path.resolve()}: no submissions/ and queries/ here or above; "
        "run cimaise inside a checkout of the project"
    )


def test_replacing_leaves_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.txt"
    with replacing(path) as temporary:
        temporary.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert [found.name for found in path.parent.iterdir()] == ["file.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_digests(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert file_digest(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("é") == hashlib.sha256("é".encode() + b"\0").hexdigest()
