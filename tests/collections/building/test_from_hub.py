from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import datasets
import pytest
from PIL import Image

from benchmark.collections import declaration
from benchmark.collections.building import from_hub
from benchmark.collections.folder import load
from benchmark.errors import BadInput
from tests.stand_in_hub import StandInHub

COLUMNS = "title=Title,artist=Author,style=kind"


def png(number: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (5, 4), (number, 0, 0)).save(stream, "PNG")
    return stream.getvalue()


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "Title": f"Title {n}",
            "Author": ["Ann", "Bob"],
            "kind": n % 2,
            "image": {"bytes": png(n), "path": None},
            "secret": "grade 3",
        }
        for n in range(count)
    ]


FEATURES = datasets.Features(
    {
        "Title": datasets.Value("string"),
        "Author": datasets.List(datasets.Value("string")),
        "kind": datasets.ClassLabel(names=["fauve", "icon"]),
        "image": datasets.Image(),
        "secret": datasets.Value("string"),
    }
)


class Hub:
    """A data set museum/rows on a stand-in for the hub, in parquet as the hub keeps it."""

    def __init__(self, hub: StandInHub, folder: Path) -> None:
        self.hub, self.folder, self.commits = hub, folder, 0

    def holds(self, rows: list[dict[str, Any]], split: str = "train") -> str:
        self.commits += 1
        data = self.folder / f"commit-{self.commits}" / "data"
        data.mkdir(parents=True)
        half = len(rows) // 2
        for number, part in enumerate((rows[:half], rows[half:])):
            table = datasets.Dataset.from_list(part, features=FEATURES)
            table.to_parquet(data / f"{split}-0000{number}-of-00002.parquet")
        return self.hub.add("datasets", "museum/rows", data.parent)

    def build(self, limit: int = 100, columns: str = COLUMNS, at: str = "") -> Counter[str]:
        home, count, left_out = from_hub.build(
            "mine", f"museum/rows{at}", columns, limit, self.home, lambda *told: None
        )
        assert (home, count) == (self.home, len(self.metadata))
        return left_out

    @property
    def home(self) -> Path:
        return self.folder / "mine"

    @property
    def metadata(self) -> list[dict[str, str]]:
        text = (self.home / "gallery/test/metadata.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def there(hub: StandInHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr(datasets.config, "HF_ENDPOINT", hub.url)
    monkeypatch.setattr(datasets.config, "HF_MODULES_CACHE", str(tmp_path / "modules"))
    return Hub(hub, tmp_path)


def test_rows_become_an_image_folder(there: Hub, tmp_path: Path) -> None:
    commit = there.holds(rows(4))
    assert there.build() == {}
    first, second = there.metadata[:2]
    name = hashlib.sha256(png(0)).hexdigest()[:16]
    assert first == {
        "id": name,
        "file_name": f"pictures/{name}.png",
        "title": "Title 0",
        "artist": "Ann, Bob",
        "style": "fauve",
    }
    assert (second["title"], second["style"]) == ("Title 1", "icon")
    assert (there.home / "gallery/test" / first["file_name"]).read_bytes() == png(0)
    said = declaration.load(there.home)
    assert said is not None
    assert (said.title, said.licence) == (f"hf:museum/rows, train, at {commit[:12]}", "not stated")
    assert (said.pictures, said.judgments) == ("folder", "incomplete")
    assert said.facets.columns() == {"painter": "artist", "style": "style"}
    gallery = load("mine", there.home / "gallery/test", tmp_path / "cache")
    assert len(gallery) == 4
    assert gallery.image(3).getpixel((0, 0)) == (3, 0, 0)
    left = sorted(path.name for path in there.home.iterdir())
    assert left == ["collection.toml", "gallery"]


def test_ids_do_not_hang_on_the_order(there: Hub) -> None:
    there.holds(rows(4)[::-1])
    there.build(limit=2)
    assert [row["title"] for row in there.metadata] == ["Title 3", "Title 2"]
    assert there.metadata[0]["id"] != there.metadata[1]["id"]
    ids = {row["title"]: row["id"] for row in there.metadata}
    (there.home / "collection.toml").unlink()
    there.holds(rows(4))
    there.build()
    assert {row["title"]: row["id"] for row in there.metadata}.items() >= ids.items()


def test_ids_of_ones_own(there: Hub) -> None:
    spoiled = rows(5)
    for row, name in zip(spoiled, ("a", "b/../c", "a", "", "d"), strict=True):
        row["secret"] = name
    there.holds(spoiled)
    assert there.build(columns="id=secret") == {
        "its id is no word of letters, digits, '.', '_' and '-'": 2,
        "its id, or without one its picture, was there before": 1,
    }
    assert [row["id"] for row in there.metadata] == ["a", "d"]


def test_what_is_no_picture_is_left_out(there: Hub, tmp_path: Path) -> None:
    spoiled = rows(8)
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(99))
    for number, image in enumerate(
        [
            {"bytes": b"<html>", "path": None},
            {"bytes": None, "path": str(secret)},
            None,
            {"bytes": png(7)[:-30], "path": None},
            {"bytes": png(6), "path": "somewhere/else.png"},
        ]
    ):
        spoiled[number]["image"] = image
    there.holds(spoiled)
    assert there.build() == {
        "is an HTML page, no JPEG, PNG, GIF, WebP or TIFF": 1,
        "the row does not hold a picture itself": 2,
        "is broken or cut short: it does not decode": 1,
        "its id, or without one its picture, was there before": 1,
    }
    titles = [row["title"] for row in there.metadata]
    assert titles == ["Title 4", "Title 5", "Title 7"]
    assert not [path for path in there.home.rglob("*") if path.is_file()
                and path.read_bytes() == png(99)]  # fmt: skip


def test_stopped_in_the_middle_it_goes_on(there: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    there.holds(rows(6))
    seen: list[bytes] = []
    inspected = from_hub.inspected

    def stopping(data: bytes) -> Any:
        if len(seen) == 3:
            raise KeyboardInterrupt
        seen.append(data)
        return inspected(data)

    monkeypatch.setattr(from_hub, "inspected", stopping)
    with pytest.raises(KeyboardInterrupt):
        there.build()
    journal = there.home / ".rows.jsonl"
    assert len(journal.read_text().splitlines()) == 4
    with journal.open("a") as stream:
        stream.write('{"id": "torn by a cr')
    monkeypatch.setattr(from_hub, "inspected", lambda data: (seen.append(data), inspected(data))[1])
    there.build()
    assert seen == [png(n) for n in range(6)]  # each once
    assert [row["title"] for row in there.metadata] == [f"Title {n}" for n in range(6)]


def test_what_was_begun_otherwise(there: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = there.holds(rows(3))
    monkeypatch.setattr(from_hub, "inspected", lambda data: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        there.build()
    with pytest.raises(BadInput, match="mine: was begun from another source, or with other col"):
        there.build(columns="title=Title")
    there.holds(rows(4))
    with pytest.raises(BadInput, match="was begun from another source"):
        there.build()
    (there.home / ".rows.jsonl").write_text("[]\n")
    with pytest.raises(BadInput, match=r"\.rows\.jsonl:1: is not JSON; remove the folder"):
        there.build(at=f"@{commit}")


def test_another_split_where_there_is_no_train(there: Hub) -> None:
    there.holds(rows(2), "test")
    there.build()
    said = declaration.load(there.home)
    assert said is not None
    assert said.title.startswith("hf:museum/rows, test, at ")


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ("title", "--columns: 'title' is no pair; write title=Title,artist=Author"),
        ("title=", "--columns: 'title=' is no pair"),
        ("secret=secret", "--columns: 'secret' is unknown; there are id, image, title, artist"),
        ("title=a,title=b", "--columns: 'title' comes twice"),
        ("title=titel", "hf:museum/rows: title=titel: no such column; --columns can name Title, "),
        ("image=picture", "hf:museum/rows: image=picture: no such column"),
        (
            "image=Title",
            "hf:museum/rows: none of 2 rows can be kept (the row does not hold a picture itself); ",
        ),
    ],
)
def test_columns(there: Hub, columns: str, problem: str) -> None:
    there.holds(rows(2))
    with pytest.raises(BadInput) as caught:
        there.build(columns=columns)
    assert str(caught.value).startswith(problem)
    assert not (there.home / "collection.toml").exists()


def test_no_such_data_set(there: Hub) -> None:
    with pytest.raises(BadInput, match=r"^hf:museum/rows: .*; check the name and the network$"):
        there.build()
