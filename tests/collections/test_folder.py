from __future__ import annotations

import io
import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.collections.folder import fingerprint, load
from benchmark.errors import BadInput
from tests.conftest import COLOURS, paint, write_lines


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def opened(folder: Path, cache: Path) -> Collection:
    return load("colours", folder, cache)


def refusal(folder: Path, cache: Path) -> str:
    with pytest.raises(BadInput) as caught:
        opened(folder, cache)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(folder), "G")


def unreadable(collection: Collection, row: int) -> str:
    with pytest.raises(UnreadablePicture) as caught:
        collection.image(row)
    return str(caught.value)


def as_parquet(gallery: Path, to: Path) -> None:
    rows = [json.loads(line) for line in (gallery / "metadata.jsonl").read_text().splitlines()]
    columns = {
        "id": [row["id"] for row in rows],
        "title": [row["title"] for row in rows],
        "image": [
            {"bytes": (gallery / row["file_name"]).read_bytes(), "path": row["file_name"]}
            for row in rows
        ],
    }
    to.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), to)


def test_rows_in_file_order_with_public_metadata_only(gallery: Path, cache: Path) -> None:
    collection = opened(gallery, cache)
    assert collection.ids == tuple(f"p-{name}" for name in COLOURS)
    assert collection.metadata[0] == {"title": "A red field", "artist": "Ann Onymous"}
    assert collection.image(0).mode == "RGB"
    assert collection.image(0).size == (10, 12)


def test_a_painting_shows_only_what_inputs_name(gallery: Path, cache: Path) -> None:
    collection = opened(gallery, cache)
    blind = collection.painting(0, frozenset(["metadata"]))
    assert blind.image is None
    assert blind.metadata["title"] == "A red field"
    seeing = collection.painting(0, frozenset(["image"]))
    assert seeing.metadata == {}
    assert seeing.image is not None
    assert seeing.image().size == (10, 12)


def test_numbers_are_good_ids(gallery: Path, cache: Path) -> None:
    rows = [{"id": number, "file_name": "red.png"} for number in range(3)]
    write_lines(gallery / "metadata.jsonl", rows)
    assert opened(gallery, cache).ids == ("0", "1", "2")


def test_missing_and_corrupt_pictures_are_named(gallery: Path, cache: Path) -> None:
    (gallery / "red.png").unlink()
    (gallery / "green.png").write_bytes(b"not a picture")
    whole = (gallery / "blue.png").read_bytes()
    (gallery / "blue.png").write_bytes(whole[: len(whole) // 2])
    (gallery / "yellow.png").write_bytes(b"")
    collection = opened(gallery, cache)
    assert unreadable(collection, 0) == "p-red: is missing"
    assert unreadable(collection, 1) == "p-green: is not a picture"
    assert unreadable(collection, 2).startswith("p-blue: ")
    assert unreadable(collection, 3) == "p-yellow: is not a picture"
    assert collection.image(4).size == (10, 12)


def test_pictures_are_turned_upright(gallery: Path, cache: Path) -> None:
    left = np.zeros((8, 16, 3), np.uint8)
    left[:, :8] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise: the left half comes on top
    Image.fromarray(left).save(gallery / "red.png", exif=exif)
    upright = np.asarray(opened(gallery, cache).image(0))
    assert upright.shape == (16, 8, 3)
    assert upright[:8].min() == 255
    assert upright[8:].max() == 0


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1", "I;16"])
def test_every_mode_becomes_rgb(gallery: Path, cache: Path, mode: str) -> None:
    name = "red.tif" if mode in ("CMYK", "I;16") else "red.png"
    Image.new(mode, (4, 5)).save(gallery / name)
    write_lines(gallery / "metadata.jsonl", [{"id": "a", "file_name": name}])
    assert opened(gallery, cache).image(0).mode == "RGB"


BAD_ROWS: list[tuple[str, str]] = [
    ('{"id": "a", "file_name": "red.png"}\nnot json\n', "G/metadata.jsonl:2: is not JSON"),
    ('{"id": "a", "file_name": "red.png"}\n\n[1]\n', "G/metadata.jsonl:3: is not a JSON object"),
    (
        '{"file_name": "red.png"}\n',
        "G/metadata.jsonl:1: id: missing; every row has id, file_name",
    ),
    (
        '\n{"id": "a"}\n',
        "G/metadata.jsonl:2: file_name: missing; every row has id, file_name",
    ),
    ('{"id": "a", "file_name": 3}\n', "G/metadata.jsonl:1: file_name: is not a string"),
    ('{"id": "a", "file_name": "../x.png"}\n', "G/metadata.jsonl:1: file_name: leaves the folder"),
    ('{"id": "a", "file_name": "/x.png"}\n', "G/metadata.jsonl:1: file_name: leaves the folder"),
    (
        '{"id": "a", "file_name": "x"}\n{"id": "a", "file_name": "y"}\n',
        "G: id: 'a' is empty, repeated or has a space; ids are unique words",
    ),
    (
        '{"id": "a b", "file_name": "x"}\n',
        "G: id: 'a b' is empty, repeated or has a space; ids are unique words",
    ),
]


@pytest.mark.parametrize(("text", "message"), BAD_ROWS)
def test_bad_metadata_is_named(gallery: Path, cache: Path, text: str, message: str) -> None:
    (gallery / "metadata.jsonl").write_text(text)
    assert refusal(gallery, cache) == message


def test_metadata_that_is_not_utf8(gallery: Path, cache: Path) -> None:
    (gallery / "metadata.jsonl").write_bytes(b'{"id": "a", "title": "\xe9", "file_name": "x"}\n')
    assert refusal(gallery, cache) == "G/metadata.jsonl:1: is not JSON"


def test_empty_metadata(gallery: Path, cache: Path) -> None:
    (gallery / "metadata.jsonl").write_text("\n")
    assert refusal(gallery, cache) == "G: holds no paintings"


def test_columns_of_two_types(gallery: Path, cache: Path) -> None:
    rows = [
        {"id": "a", "file_name": "red.png", "date": 1888},
        {"id": "b", "file_name": "blue.png", "date": "about 1888"},
    ]
    write_lines(gallery / "metadata.jsonl", rows)
    found = opened(gallery, cache).metadata
    assert [row["date"] for row in found] == ["1888", "about 1888"]


def test_no_metadata(tmp_path: Path, cache: Path) -> None:
    paint(tmp_path / "g" / "a.png", (1, 2, 3))
    assert refusal(tmp_path / "g", cache) == (
        "G: is no collection; it needs metadata.jsonl beside its pictures "
        "(Hugging Face ImageFolder), or parquet files"
    )


@pytest.mark.parametrize("place", ["test.parquet", "data/train-00000-of-00001.parquet"])
def test_parquet_is_the_same_gallery(
    gallery: Path, tmp_path: Path, cache: Path, place: str
) -> None:
    as_parquet(gallery, tmp_path / "twin" / place)
    plain, twin = opened(gallery, cache), opened(tmp_path / "twin", cache)
    assert twin.ids == plain.ids
    assert twin.metadata[3] == {"title": "A yellow field"}
    for row in range(len(plain)):
        assert twin.image(row).tobytes() == plain.image(row).tobytes()


def test_parquet_faults(gallery: Path, tmp_path: Path, cache: Path) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    pq.write_table(pa.table({"id": ["a"]}), twin / "a.parquet")
    assert refusal(twin, cache) == "G/a.parquet: image: no such column"
    as_parquet(gallery, twin / "a.parquet")
    table = pq.read_table(twin / "a.parquet")
    pq.write_table(table.drop_columns("id"), twin / "a.parquet")
    assert refusal(twin, cache) == "G: id: no such column in the metadata"
    (twin / "a.parquet").write_bytes(b"PAR1 nothing")
    assert refusal(twin, cache).startswith("G/a.parquet: cannot be read as a table (")


def test_a_picture_without_bytes_in_parquet(tmp_path: Path, cache: Path) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    images = [{"bytes": stream.getvalue(), "path": "a"}, {"bytes": None, "path": "b"}]
    pq.write_table(pa.table({"id": ["a", "b"], "image": images}), twin / "a.parquet")
    collection = opened(twin, cache)
    assert collection.image(0).size == (2, 2)
    assert unreadable(collection, 1) == "b: is not a picture"


def test_fingerprint_knows_every_byte(gallery: Path) -> None:
    seen = {fingerprint(gallery)}
    assert fingerprint(gallery) in seen
    picture = gallery / "red.png"
    changed = bytearray(picture.read_bytes())
    changed[-20] ^= 1
    picture.write_bytes(changed)
    seen.add(fingerprint(gallery))
    picture.unlink()
    seen.add(fingerprint(gallery))
    text = (gallery / "metadata.jsonl").read_text()
    (gallery / "metadata.jsonl").write_text(text.replace("A blue", "A navy"))
    seen.add(fingerprint(gallery))
    assert len(seen) == 4


def test_fingerprint_ignores_what_lies_beside(gallery: Path) -> None:
    before = fingerprint(gallery)
    (gallery / "notes.txt").write_text("x")
    (gallery / "red.png").touch()
    assert fingerprint(gallery) == before


def test_fingerprint_of_parquet(gallery: Path, tmp_path: Path) -> None:
    as_parquet(gallery, tmp_path / "twin" / "a.parquet")
    before = fingerprint(tmp_path / "twin")
    (gallery / "red.png").write_bytes((gallery / "blue.png").read_bytes())
    as_parquet(gallery, tmp_path / "twin" / "a.parquet")
    assert fingerprint(tmp_path / "twin") != before


def test_new_metadata_are_read_even_where_the_clock_stood_still(gallery: Path, cache: Path) -> None:
    path = gallery / "metadata.jsonl"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert opened(gallery, cache).metadata[2]["title"] == "A blue field"
    path.write_text(path.read_text().replace("A blue", "A navy"))
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert opened(gallery, cache).metadata[2]["title"] == "A navy field"
