from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.collections.registry import find
from benchmark.site.thumbnails import Thumbnails
from benchmark.site.works import Work, works
from benchmark.workspace import Workspace
from tests.pulled_gallery import publish, pull

AT_COMMONS = "https://commons.wikimedia.org/wiki/File:"


def test_none_where_pictures_lie_in_the_folder(workspace: Workspace, gallery: Path) -> None:
    assert works(find(str(gallery), workspace)) == {}


def test_a_work_is_at_commons_or_else_at_wikidata(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = publish(workspace, tmp_path / "published", monkeypatch)
    (home / "pins.json").write_text("{}")
    assert works(find("hall", workspace))["Q1"] == Work("https://www.wikidata.org/wiki/Q1")
    rows = pa.table({"id": ["Q1", "Q2", "x"], "file": ["A <b> & c.jpg", None, ""]})
    pq.write_table(rows, home / "gallery/test/paintings.parquet")
    pull(workspace)
    found = works(find("hall", workspace))
    assert found["Q1"] == Work(AT_COMMONS + "A_%3Cb%3E_%26_c.jpg", "Ann, Public domain")
    assert found["Q2"].page == "https://www.wikidata.org/wiki/Q2"
    assert found["x"] == Work()


def test_a_page_that_a_pull_noted_comes_first_if_it_is_at_commons(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(workspace, tmp_path / "published", monkeypatch)
    notes = pull(workspace) / "pulled.jsonl"
    lines = notes.read_text().splitlines()
    for number, page in enumerate((AT_COMMONS + "One.jpg", "javascript:alert(1)")):
        lines[number] = lines[number][:-1] + f', "page": "{page}"' + "}"
    notes.write_text("\n".join(lines) + "\n")
    found = works(find("hall", workspace))
    assert found["Q1"].page == AT_COMMONS + "One.jpg"
    assert found["Q2"].page == "https://www.wikidata.org/wiki/Q2"


def test_a_card_without_a_picture_leads_to_the_work(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(workspace, tmp_path / "published", monkeypatch)
    place = find("hall", workspace)
    card = Thumbnails(place.open(), lambda *_: None, works(place)).card("Q1")
    assert (card["src"], card["title"], card["by"]) == ("", "A red field", "Bob")
    assert (card["page"], card["credit"]) == ("https://www.wikidata.org/wiki/Q1", "")
