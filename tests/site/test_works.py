from __future__ import annotations

import json
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
AT_WIKIDATA = "https://www.wikidata.org/wiki/"


@pytest.fixture
def home(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return publish(workspace, tmp_path / "published", monkeypatch)


def found(workspace: Workspace) -> dict[str, Work]:
    return dict(works(find("hall", workspace)))


def said(workspace: Workspace, **more: str) -> Work:
    """Of Q1, if a pull had noted this of its picture."""
    notes = pull(workspace) / "pulled.jsonl"
    first, *rest = notes.read_text().splitlines()
    notes.write_text("\n".join([json.dumps(json.loads(first) | more), *rest]) + "\n")
    return found(workspace)["Q1"]


def test_none_where_pictures_lie_in_the_folder(workspace: Workspace, gallery: Path) -> None:
    assert works(find(str(gallery), workspace)) == {}


def test_a_work_is_at_wikidata_and_at_commons_where_its_file_is_known(
    workspace: Workspace, home: Path
) -> None:
    (home / "pins.json").write_text("{}")
    rows = {
        "id": ["Q1", "Q2", "x"],
        "file": ["A <b> & c?/d.jpg", None, ""],
        "museums": [["Tate", "Louvre"], [], None],
    }
    pq.write_table(pa.table(rows), home / "gallery/test/paintings.parquet")
    assert found(workspace) == {
        "Q1": Work(
            "Tate, Louvre", AT_WIKIDATA + "Q1", AT_COMMONS + "A_%3Cb%3E_%26_c%3F%2Fd.jpg", ""
        ),
        "Q2": Work("", AT_WIKIDATA + "Q2", "", ""),
        "x": Work(),
    }


def test_a_manifest_without_files_and_museums_leads_to_wikidata(
    workspace: Workspace, home: Path
) -> None:
    assert found(workspace)["Q5"] == Work(wikidata=AT_WIKIDATA + "Q5")


@pytest.mark.parametrize(
    ("noted", "credit"),
    [
        ({}, "Ann, Public domain"),
        ({"artist": "", "credit": "A scan"}, "A scan, Public domain"),
        ({"artist": "", "licence": "not stated"}, "licence not stated"),
        ({"artist": "A" * 100, "licence": "CC BY 4.0"}, "A" * 79 + "…, CC BY 4.0"),
    ],
)
def test_whom_to_name_and_the_licence(
    workspace: Workspace, home: Path, noted: dict[str, str], credit: str
) -> None:
    assert said(workspace, **noted).credit == credit


def test_no_address_is_taken_from_a_server(workspace: Workspace, home: Path) -> None:
    work = said(workspace, file_title='File:a"><b>.png', page="javascript:alert(1)")
    assert work.commons == AT_COMMONS + "a%22%3E%3Cb%3E.png"
    assert work.wikidata == AT_WIKIDATA + "Q1"


def test_a_card_without_a_picture_leads_to_the_work(workspace: Workspace, home: Path) -> None:
    place = find("hall", workspace)
    card = Thumbnails(place.open(), lambda *_: None, works(place)).card("Q1")
    assert (card["src"], card["title"], card["by"]) == ("", "A red field", "Bob")
    assert card["work"] == Work(wikidata=AT_WIKIDATA + "Q1")
