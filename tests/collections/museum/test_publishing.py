from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmark.collections import graph
from benchmark.collections.declaration import ROWS
from benchmark.collections.museum.paths import (
    CATALOGUE,
    CORE,
    FACTS,
    GALLERY,
    LEFT_OUT,
    MUSEUM,
)
from benchmark.collections.museum.publishing import publish


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    publish(folder / MUSEUM.name, folder / CORE.name)
    return folder


@pytest.mark.parametrize("home", [MUSEUM, CORE], ids=lambda home: home.name)
@pytest.mark.parametrize("name", [f"{GALLERY}/{CATALOGUE}", LEFT_OUT])
def test_the_committed_files_are_what_the_code_makes(made: Path, home: Path, name: str) -> None:
    assert (made / home.name / name).read_bytes() == (home / name).read_bytes()


def test_the_committed_facts_are_what_the_code_makes(made: Path) -> None:
    name = Path(GALLERY, FACTS)
    assert (made / MUSEUM.name / name).read_bytes() == (MUSEUM / name).read_bytes()


@pytest.mark.parametrize("home", [MUSEUM, CORE], ids=lambda home: home.name)
def test_the_committed_manifest_says_what_the_code_says(made: Path, home: Path) -> None:
    name = Path(GALLERY, ROWS)  # another pyarrow may write other bytes for the same table
    assert pq.read_table(made / home.name / name).equals(pq.read_table(home / name))


@pytest.mark.parametrize("home", [MUSEUM, CORE], ids=lambda home: home.name)
def test_graph_and_manifest_are_of_the_same_paintings(home: Path) -> None:
    ids = pq.read_table(home / GALLERY / ROWS, columns=["id"])["id"].to_pylist()
    told = graph.load(home / GALLERY / CATALOGUE).said(
        "?painting a schema:Painting ; schema:name ?value"
    )
    assert sorted({painting for painting, _ in told}) == sorted(ids)
    assert ids == sorted(ids, key=lambda qid: int(qid[1:]))


def test_no_work_both_hangs_and_is_left_out() -> None:
    for home in (MUSEUM, CORE):
        ids = pq.read_table(home / GALLERY / ROWS, columns=["id"])["id"].to_pylist()
        with (home / LEFT_OUT).open(encoding="utf-8", newline="") as file:
            left = [row["qid"] for row in csv.DictReader(file)]
        assert left and not set(ids) & set(left)


def test_the_museums_catalogue_tells_nothing_of_what_is_shown() -> None:
    assert "P62_depicts" not in (MUSEUM / GALLERY / CATALOGUE).read_text(encoding="utf-8")


def test_the_query_that_the_page_shows_finds_what_it_says() -> None:
    page = (Path(__file__).parents[3] / "docs" / "museum.md").read_text(encoding="utf-8")
    query = page.split('.select("""')[1].split('"""')[0]
    rows = graph.load(CORE / GALLERY / CATALOGUE).select(query)
    assert {row["id"] for row in rows} == {"Q20268615", "Q7973309", "Q3696343", "Q681876"}
