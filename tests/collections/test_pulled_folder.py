from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.collections.pulled import load as pulled
from benchmark.collections.pulled_folder import ids, load
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests.pulled_gallery import IDS, NAME, make, pull


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "collections", tmp_path / "queries") / "gallery" / "test"


def opened(folder: Path, workspace: Workspace) -> Collection:
    return load(NAME, folder, pulled(workspace.cache, NAME))


def test_paintings_are_had_without_pictures(folder: Path, workspace: Workspace) -> None:
    collection = opened(folder, workspace)
    assert collection.ids == ids(folder) == IDS
    public = {"title": "A green field", "artist": "Ann", "style": "fauve"}  # and no `depicts`
    assert collection.metadata[1] == public
    with pytest.raises(FileNotFoundError):
        collection.picture(1)
    with pytest.raises(UnreadablePicture, match=r"^Q2: is missing$"):
        collection.image(1)


def test_a_picture_is_the_bytes_that_were_pulled(folder: Path, workspace: Workspace) -> None:
    kept = pull(workspace, of=IDS[:2])
    collection = opened(folder, workspace)
    assert collection.picture(1) == (kept / "Q2.png").read_bytes()
    assert collection.image(1).size == (10, 12)
    with pytest.raises(UnreadablePicture, match=r"^Q3: is missing$"):
        collection.image(2)
    (kept / "Q2.png").write_bytes((kept / "Q1.png").read_bytes())
    with pytest.raises(UnreadablePicture, match=r"^Q2: is not the picture that was pulled$"):
        collection.image(1)


def test_what_is_unknown_of_a_painting_is_empty(folder: Path, workspace: Workspace) -> None:
    rows = [{"id": "a", "title": None, "year": 1}, {"id": "b", "title": "T", "year": None}]
    pq.write_table(pa.Table.from_pylist(rows), folder / "paintings.parquet")
    assert opened(folder, workspace).metadata == ({"title": ""}, {"title": "T"})
    pq.write_table(pa.table({"id": ["a", "b"]}), folder / "paintings.parquet")
    assert opened(folder, workspace).metadata == ({}, {})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["a", "a"]}, "/paintings.parquet: id: 'a' is empty, repeated or has a space; "
         "ids are unique words"),
        ({"id": ["a b"]}, "/paintings.parquet: id: 'a b' is empty, repeated or has a space; "
         "ids are unique words"),
        ({"id": pa.array([None], pa.string())}, "/paintings.parquet: id: '' is empty, repeated or "
         "has a space; ids are unique words"),
        ({"name": ["a"]}, "/paintings.parquet: id: no such column"),
        ({"id": pa.array([], pa.string())}, ": holds no paintings"),
    ],
)  # fmt: skip
def test_rows_that_are_none_are_one_line(
    folder: Path, workspace: Workspace, columns: dict[str, object], said: str
) -> None:
    pq.write_table(pa.table(columns), folder / "paintings.parquet")
    with pytest.raises(BadInput) as caught:
        opened(folder, workspace)
    assert str(caught.value) == f"{folder}{said}"


def test_what_is_no_parquet_is_one_line(folder: Path, workspace: Workspace) -> None:
    (folder / "paintings.parquet").write_text("title\n")
    with pytest.raises(BadInput, match=r"paintings\.parquet: cannot be read as a table \("):
        opened(folder, workspace)


@pytest.mark.parametrize("what", ["pipe", "link"])
def test_what_took_a_pictures_place_is_not_read(
    folder: Path, workspace: Workspace, what: str
) -> None:
    kept = pull(workspace)
    collection = opened(folder, workspace)
    (kept / "Q2.png").unlink()
    if what == "pipe":
        os.mkfifo(kept / "Q2.png")
    else:
        (kept / "Q2.png").symlink_to("/dev/zero")
    with pytest.raises(UnreadablePicture, match=r"^Q2: is missing$"):
        collection.image(1)


def test_text_that_is_no_utf8_is_one_line(folder: Path, workspace: Workspace) -> None:
    offsets, broken = pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")
    title = pa.Array.from_buffers(pa.string(), 1, [None, offsets, broken])
    pq.write_table(pa.table({"id": ["a"], "title": title}), folder / "paintings.parquet")
    with pytest.raises(BadInput, match=r"paintings\.parquet: cannot be read as a table \("):
        opened(folder, workspace)
