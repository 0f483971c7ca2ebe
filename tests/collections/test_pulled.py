"""The notes of what was pulled, read again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from benchmark.collections import pulled
from benchmark.collections.pulled import Source
from benchmark.errors import BadInput

LINE = {
    "id": "Q1", "file": "Q1.jpg", "sha256": "a" * 64, "bytes": 3, "width": 5, "height": 4,
    "from": "https://upload.wikimedia.org/x.jpg", "file_title": "X.jpg", "licence": "CC0",
    "licence_url": "", "artist": "A", "credit": "", "page": "", "pulled": "2026-11-29",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Q1 is noted and lies there; Q2 is noted and does not."""
    pulled.use(tmp_path, "colours", Source(kind="Commons", px=500))
    folder = tmp_path / "pictures/colours/commons-500"
    folder.mkdir()
    note(folder, LINE, LINE | {"id": "Q2", "file": "Q2.png", "sha256": "b" * 64})
    (folder / "Q1.jpg").write_bytes(b"abc")
    return folder


def note(folder: Path, *rows: object, end: str = "") -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows) + end
    (folder / "pulled.jsonl").write_text(text, encoding="utf-8")


def test_nothing_was_pulled(tmp_path: Path) -> None:
    assert pulled.load(tmp_path, "colours") is None


def test_what_was_pulled(tmp_path: Path, folder: Path) -> None:
    found = pulled.load(tmp_path, "colours")
    assert found is not None
    assert (found.folder, found.source) == (folder, "Commons, 500 px")
    assert found.pictures["Q1"].origin == "https://upload.wikimedia.org/x.jpg"
    assert found.path("Q2") == folder / "Q2.png"
    assert found.missing(["Q3", "Q1", "Q2"]) == ["Q3", "Q2"]
    with pytest.raises(BadInput, match=r"Q3: has no picture \(Commons, 500 px\)"):
        found.path("Q3")


def test_the_digest_is_of_ids_and_bytes_in_their_order(tmp_path: Path, folder: Path) -> None:
    found = pulled.load(tmp_path, "colours")
    assert found is not None
    said = b"Q1\0" + b"a" * 64 + b"\0Q2\0missing\0Q3\0missing\0"
    assert found.digest(["Q1", "Q2", "Q3"]) == hashlib.sha256(said).hexdigest()
    assert found.digest(["Q2", "Q1"]) != found.digest(["Q1", "Q2"])


@pytest.mark.parametrize("what", ["shorter", "a link", "a folder"])
def test_a_file_that_is_otherwise_is_missing(tmp_path: Path, folder: Path, what: str) -> None:
    (folder / "Q1.jpg").unlink()
    if what == "shorter":
        (folder / "Q1.jpg").write_bytes(b"ab")
    elif what == "a link":
        (folder / "abc").write_bytes(b"abc")
        (folder / "Q1.jpg").symlink_to(folder / "abc")
    else:
        (folder / "Q1.jpg").mkdir()
    found = pulled.load(tmp_path, "colours")
    assert found is not None and found.missing(["Q1"]) == ["Q1"]


@pytest.mark.parametrize("end", ["{", '{"id": "Q3"', json.dumps(LINE | {"id": "Q3"})])
def test_a_torn_last_line_is_passed_over(tmp_path: Path, folder: Path, end: str) -> None:
    note(folder, LINE, end=end)
    found = pulled.load(tmp_path, "colours")
    assert found is not None and list(found.pictures) == ["Q1"]


@pytest.mark.parametrize(
    "broken",
    [
        7, {}, LINE | {"file": "../Q1.jpg"}, LINE | {"file": "Q2.jpg"}, LINE | {"file": "Q1.exe"},
        LINE | {"id": "../Q1", "file": "../Q1.jpg"}, LINE | {"sha256": "A"}, LINE | {"bytes": 0},
        LINE | {"other": 1}, LINE | {"artist": "x" * 1001}, LINE | {"id": "Q1\n"},
    ],
    ids=range(11),
)  # fmt: skip
def test_any_other_broken_line_is_said(tmp_path: Path, folder: Path, broken: object) -> None:
    note(folder, broken, LINE)
    with pytest.raises(BadInput) as error:
        pulled.load(tmp_path, "colours")
    assert str(error.value) == (
        f"{folder}/pulled.jsonl:1: is no whole note of a picture; remove that line, and pull again"
    )


@pytest.mark.parametrize(
    "slug", ["", "..", "commons-0", "commons-500/..", "commons-" + "9" * 5000, "hub-5", None, 7]
)
def test_a_source_that_is_none(tmp_path: Path, folder: Path, slug: object) -> None:
    (folder.parent / "current.json").write_text(json.dumps({"source": "x", "slug": slug}))
    with pytest.raises(BadInput, match=r"current.json: slug: '.*' is no source; pull"):
        pulled.load(tmp_path, "colours")


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "/etc"])
def test_a_collection_is_called_by_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        pulled.load(tmp_path, name)
