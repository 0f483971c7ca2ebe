"""`collection list`, `info` and `verify`, of a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.commands import galleries
from tests.collections.documented import written

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    folder = written(tmp_path / "harbour")
    for part in (folder / "queries").iterdir():  # beside collection.toml, as one's own may lie
        shutil.move(part, folder / part.name)
    return folder


def test_a_folder_that_went_away_is_listed_as_gone(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    galleries.info(str(harbour), as_json=True)
    shutil.rmtree(harbour)
    capsys.readouterr()
    galleries.list_all(as_json=False)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    here = ["in", "its", "folder", "built", "in"]
    assert lines[1:3] == [["atelier", *here], ["atelier-dev", *here]]
    assert lines[6] == ["museum-core-dev", "not", "here", "built", "in"]
    told = "".join(part for line in lines[7:] for part in line)  # a long path is folded
    assert told == f"harbour-{harbour}isgone"
    galleries.list_all(as_json=True)
    assert json.loads(capsys.readouterr().out)[-1] == {"name": "harbour", "gone": str(harbour)}


def test_info_shows_what_is_declared(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    galleries.info(str(harbour), as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["declared in"] == str(harbour / "collection.toml")
    assert (shown["licence"], shown["judgments"]) == ("CC0-1.0", "complete")
    assert shown["splits"] == {"test": "test"}
    assert shown["facets"] == {
        "painter": "artist", "style": "style", "century": "schema:dateCreated",
    }  # fmt: skip
    assert shown["graphs"] == {"facts": "facts.ttl", "catalogue": "catalogue.ttl"}
    assert shown["grades"] == {"3": 2, "2": 2}


def test_info_of_a_folder_that_declares_nothing(
    gallery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    galleries.info(str(gallery), as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["declared in"] == "nothing: defaults hold"
    assert (shown["licence"], shown["judgments"]) == ("not stated", "incomplete")


def test_verify_says_what_was_changed_of_how_many(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Regression: all were readable, and nearly white or full of hidden colours."""
    Image.fromarray(np.full((4, 4), 9_000, np.uint16)).save(harbour / "test/pictures/h1.png")
    for name in ("h2", "h3"):
        Image.new("RGBA", (4, 4), (9, 9, 9, 0)).save(harbour / f"test/pictures/{name}.png")
    galleries.verify(str(harbour))
    assert capsys.readouterr().out == (
        "1 picture has more than 8 bits a pixel, scaled to 8\n"
        "2 pictures have transparency, shown on white\n"
        "harbour: 3 paintings, all readable; queries and grades valid\n"
    )
