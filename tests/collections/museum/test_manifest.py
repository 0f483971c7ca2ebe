from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmark.collections.folder import PUBLIC
from benchmark.collections.museum.admission import clean
from benchmark.collections.museum.manifest import SCHEMA, french, row, write
from benchmark.collections.museum.source_table import Row

ROW = Row(
    "Q12418", "Mona Lisa", "1503-1506", ("Leonardo da Vinci",), ("High Renaissance", "Cinquecento"),
    ("Portrait", "Portrait painting"), ("Oil paint", "Poplar panel"), ("Louvre",),
    ("Woman", "Navel"), "Mona Lisa.jpg",
)  # fmt: skip
NGA = "National Gallery of Art, open data, CC0"


def test_a_row_says_all_that_is_known() -> None:
    assert row(clean(ROW)) == {
        "id": "Q12418",
        "title": "Mona Lisa",
        "title_fr": "La Joconde",
        "artist": "Leonardo da Vinci",
        "born": 1452,
        "died": 1519,
        "life_source": NGA,
        "date": "1503-1506",
        "year": 1503,
        "style": "High Renaissance",
        "genre": "Portrait",
        "medium": "Oil paint, Poplar panel",
        "movements": ("High Renaissance", "Cinquecento"),
        "genres": ("Portrait",),
        "materials": ("Oil paint", "Poplar panel"),
        "museums": ("Louvre",),
        "depicts": ("Woman",),
        "source": "Wikidata, CC0",
        "retrieved": "",
        "file": "Mona Lisa.jpg",
    }
    assert list(row(clean(ROW))) == SCHEMA.names


def test_what_is_not_known_is_blank() -> None:
    found = row(clean(Row("Q1", "Icon", "1200", (), (), (), (), (), (), "")))
    assert (found["artist"], found["born"], found["died"]) == ("", None, None)
    assert found["life_source"] == "bounded by the date of the work"
    assert (found["style"], found["genre"], found["medium"], found["title_fr"]) == ("",) * 4


def test_a_date_that_cannot_be_right_is_blank() -> None:
    found = row(clean(replace(ROW, inception="2021")))
    assert (found["date"], found["year"]) == ("", None)


def test_several_painters_share_no_years() -> None:
    found = row(clean(replace(ROW, creators=("Leonardo da Vinci", "Isaac Levitan"))))
    assert found["artist"] == "Isaac Levitan, Leonardo da Vinci"
    assert (found["born"], found["died"]) == (None, None)
    assert found["life_source"] == f"{NGA}; general reference"


def test_models_with_metadata_see_no_tag_and_no_french_title() -> None:
    assert {"title", "artist", "date", "style", "genre", "medium"} == set(PUBLIC) & set(
        SCHEMA.names
    )


def test_every_title_of_the_core_has_its_french() -> None:
    assert len(french()) == 386
    assert all(french().values())


def test_the_same_works_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write([clean(ROW)], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
