from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

import benchmark
from benchmark.collections import declaration
from benchmark.collections.building import from_query, paged_query
from benchmark.collections.manifest_columns import SCHEMA
from benchmark.errors import BadInput
from tests.collections.building.world import GRAPH, many
from tests.sparql_endpoint import SparqlEndpoint, saying

Serve = Callable[..., SparqlEndpoint]
SHIPPED = Path(from_query.__file__).with_name("paintings.rq")


class Builds:
    """Builds in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder, folder / "cache"

    def __call__(
        self, endpoint: SparqlEndpoint, query: Path, limit: int = 100, size: int = 1_000
    ) -> list[dict[str, Any]]:
        home = self.folder / "mine"
        found, count = from_query.build(
            "mine", query, limit, endpoint.url, home, self.cache,
            lambda line: None, lambda stage, done, of: None, size,
        )  # fmt: skip
        assert found == home
        rows = self.rows()
        assert len(rows) == count
        return rows

    def rows(self) -> list[dict[str, Any]]:
        path = self.folder / "mine/gallery/test/paintings.parquet"
        return parquet.read_table(path).to_pylist()

    @property
    def pages(self) -> list[str]:
        return sorted(path.name for path in self.cache.glob("building/*/*.json"))


@pytest.fixture
def build(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


def test_the_shipped_query_finds_what_it_says(build: Builds, serve: Serve) -> None:
    by_id = {row["id"]: row for row in build(serve(GRAPH), SHIPPED)}
    assert list(by_id) == ["Q70", "Q9000", "Q45585"]  # by number, and no other
    night = by_id["Q45585"]
    retrieved = night.pop("retrieved")
    assert time.strptime(retrieved, "%Y-%m-%d")
    assert night == {
        "id": "Q45585", "title": "The Starry Night", "title_fr": "La Nuit étoilée",
        "artist": "Vincent van Gogh", "born": 1853, "died": 1890, "life_source": "Wikidata",
        "date": "1889", "year": 1889, "style": "Post-Impressionism",
        "movements": ["Post-Impressionism"], "genres": ["landscape painting", "nocturne"],
        "materials": ["canvas", "oil paint"], "museums": ["Museum of Modern Art"],
        "genre": "landscape painting", "medium": "canvas, oil paint",
        "depicts": ["moon", "star", "village"], "source": "Wikidata, CC0",
        "file": "VanGogh Starry Night.jpg",
    }  # fmt: skip
    jardin = by_id["Q9000"]
    assert (jardin["title"], jardin["title_fr"]) == ("Un jardin", "Un jardin")
    assert (jardin["artist"], jardin["year"], jardin["date"]) == ("Claude Monet", None, "")
    assert jardin["file"] == "A b.jpg"
    hands = by_id["Q70"]
    assert hands["artist"] == "Claude Monet, Painter of the last year"
    assert (hands["born"], hands["died"], hands["depicts"]) == (None, None, [])  # of whom?


def test_the_shipped_query_is_plain_sparql() -> None:
    said = " ".join(SHIPPED.read_text("utf-8").split())
    assert "wikibase" not in said and "SERVICE" not in said and "never counted" in said
    assert paged_query.load(SHIPPED).columns == paged_query.COLUMNS


def test_lists_are_added_and_not_multiplied(build: Builds, serve: Serve) -> None:
    endpoint = serve(GRAPH)
    solutions = endpoint.store.query(SHIPPED.read_text("utf-8"))
    night = [s for s in solutions if s["painting"].value.endswith("/Q45585")]
    assert len(night) == 10  # itself, 1 movement, 2 genres, 2 materials, 1 museum, 3 things


def test_what_is_written(build: Builds, serve: Serve, query: Path) -> None:
    build(serve(many(3)), query)
    said = declaration.load(build.folder / "mine")
    assert said is not None
    assert (said.name, said.pictures, said.judgments) == ("mine", "pulled", "incomplete")
    assert dict(said.splits) == {"test": "gallery/test"}
    assert said.private == ("gallery/test/paintings.parquet",)
    assert said.title == "Paintings found by mine.rq"
    assert said.facets.columns() == {"painter": "artist", "style": "style", "century": "date"}
    path = build.folder / "mine/gallery/test/paintings.parquet"
    assert parquet.read_schema(path).names == SCHEMA.names  # as in the published galleries
    assert [p.name for p in path.parent.iterdir()] == ["paintings.parquet"]  # and nothing beside it
    assert build.pages == []


def test_any_name_of_a_query_can_be_its_title(build: Builds, serve: Serve, query: Path) -> None:
    query = query.rename(query.with_name('a "\U0001f3a8"\x7f.rq'))
    build(serve(many(1)), query)
    said = declaration.load(build.folder / "mine")
    assert said is not None and said.title == 'Paintings found by a "\U0001f3a8"\x7f.rq'


@pytest.mark.parametrize("size", [1, 2, 4, 5, 7, 100])
def test_a_painting_cut_by_the_end_of_a_page_is_whole(
    build: Builds, serve: Serve, query: Path, size: int
) -> None:
    rows = build(serve(many(5)), query, size=size)
    assert [row["id"] for row in rows] == ["Q1000", "Q1001", "Q1002", "Q1003", "Q1004"]
    for row in rows:
        assert row["depicts"] == [f"thing {n} of {row['id'][1:]}" for n in range(3)]


def test_an_endpoint_that_gives_fewer_rows_than_asked_for_is_asked_to_the_end(
    build: Builds, serve: Serve, query: Path
) -> None:
    endpoint = serve(many(5))
    whole = endpoint.results
    endpoint.results = lambda text: whole(text.replace("LIMIT 1000", "LIMIT 4"))  # type: ignore
    assert len(build(endpoint, query)) == 5
    offsets = [int(text.split()[-1]) for text in endpoint.asked]
    assert offsets == [0, 4, 8, 12, 15]


def test_limit_is_of_works(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(5))
    rows = build(endpoint, query, limit=2, size=2)
    assert [row["id"] for row in rows] == ["Q1000", "Q1001"]
    assert len(rows[1]["depicts"]) == 3
    assert len(endpoint.asked) == 4  # 7 rows: the third work shows that the second is whole
    said = f"Cimaise/{benchmark.__version__} (ann@museum.example) urllib3/"
    assert endpoint.agents[0].startswith(said)


def test_what_is_kept_is_not_asked_for_again(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(5))
    endpoint.faults[2] = saying(b"<html>", "text/html")
    with pytest.raises(BadInput, match="answers with text/html in place of JSON results"):
        build(endpoint, query, size=4)
    assert build.pages == ["000000000.json", "000000004.json"]
    assert not (build.folder / "mine/collection.toml").exists()
    assert len(build(endpoint, query, size=4)) == 5
    assert len(endpoint.asked) == 6  # two, the one that failed, and three
    assert build.pages == []


RUN = """
import sys
from pathlib import Path
from benchmark.collections.building import from_query
name, query, url, home, cache = sys.argv[1:]
from_query.build(name, Path(query), 100, url, Path(home), Path(cache), print,
                 lambda *told: None, 2)
"""


def test_killed_in_the_middle_it_goes_on(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(5))
    reached: list[int] = []

    def waiting(request: Any) -> None:
        reached.append(process.pid)
        time.sleep(0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    endpoint.faults[3] = waiting
    home = build.folder / "mine"
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "mine", str(query), endpoint.url, str(home), str(build.cache)]
    )
    assert process.wait(60) == -signal.SIGKILL
    assert reached == [process.pid]
    assert build.pages == ["000000000.json", "000000002.json", "000000004.json"]
    assert not home.exists()  # all that is unfinished lies in the cache
    rows = build(endpoint, query, size=2)
    assert [len(row["depicts"]) for row in rows] == [3] * 5
    offsets = [int(text.split()[-1]) for text in endpoint.asked]
    assert offsets == [0, 2, 4, 6, 6, 8, 10, 12, 14, 15]


def test_a_kept_page_that_was_spoiled_is_named(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(5))
    endpoint.faults[1] = saying(b"", "text/html")
    with pytest.raises(BadInput):
        build(endpoint, query, size=4)
    page = next(build.cache.glob("building/*/*.json"))
    page.write_text("{")
    with pytest.raises(BadInput, match=r"000000000\.json: not valid JSON"):
        build(endpoint, query, size=4)


def test_an_endpoint_without_order(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(3))
    whole = endpoint.results
    endpoint.results = lambda text: whole(text.replace("ORDER BY ?painting", "ORDER BY"))  # type: ignore
    endpoint.store.update(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> INSERT DATA "
        '{ <http://www.wikidata.org/entity/Q1000> rdfs:label "Zebra"@en }'
    )
    with pytest.raises(BadInput, match=r"^Q1000: comes again after other paintings: no ORDER BY"):
        build(endpoint, query)


def test_an_endpoint_that_does_not_page(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(3))
    endpoint.always = saying(endpoint.results(query.read_text()))
    with pytest.raises(BadInput, match="after row 0: gives 9 rows for LIMIT 4; ask an endpoint"):
        build(endpoint, query, size=4)


def test_nothing_found(build: Builds, serve: Serve, query: Path) -> None:
    with pytest.raises(BadInput, match=r"mine\.rq: finds nothing at http"):
        build(serve(), query)
    assert not (build.folder / "mine/gallery/test/paintings.parquet").exists()


def test_nothing_is_overwritten(build: Builds, serve: Serve, query: Path) -> None:
    endpoint = serve(many(2))
    build(endpoint, query)
    with pytest.raises(BadInput, match=r"mine/collection\.toml: is there already; remove that"):
        build(endpoint, query)
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("atelier", "collection build atelier: is a published collection; name it otherwise"),
        ("../out", "collection build: name: String should match pattern"),
        ("mine-dev", "collection build: name: ends in -dev"),
    ],
)
def test_names(tmp_path: Path, query: Path, name: str, problem: str) -> None:
    with pytest.raises(BadInput) as caught:
        from_query.build(
            name, query, 1, "http://127.0.0.1:1", None, tmp_path, print, lambda *told: None
        )
    assert str(caught.value).startswith(problem)
