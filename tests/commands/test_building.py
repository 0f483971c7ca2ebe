"""`collection build`: what it says, and what `run` says of a gallery without queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmark.cli import app
from benchmark.collections.registry import find
from benchmark.commands import building
from benchmark.errors import BadInput
from benchmark.queries.load import load_queries
from benchmark.workspace import Workspace
from tests.collections.building.world import QUERY, many
from tests.sparql_endpoint import SparqlEndpoint


@pytest.fixture(autouse=True)
def known(inside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIMAISE_CONTACT", "ann@museum.example")


@pytest.fixture
def query(tmp_path: Path) -> Path:
    path = tmp_path / "mine.rq"
    path.write_text(QUERY, encoding="utf-8")
    return path


def test_a_gallery_is_known_by_its_name(workspace: Workspace, query: Path) -> None:
    endpoint = SparqlEndpoint(many(3))
    said = CliRunner().invoke(
        app,
        ["collection", "build", "mine", "--sparql", str(query), "--endpoint", endpoint.url,
         "--limit", "2"],
    )  # fmt: skip
    endpoint.close()
    assert said.exception is None, said.output
    assert said.stdout == (
        "mine: 2 works in mine; it has no queries yet; next: cimaise collection pull mine\n"
    )
    place = find("mine", workspace)
    assert place.folder == workspace.root / "mine/gallery/test"
    with pytest.raises(BadInput, match=r"queries\.jsonl: missing; a collection needs queries"):
        load_queries(place.queries / "queries.jsonl")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "collection build: needs one thing to build from; give --sparql FILE.rq or --hf"),
        ({"sparql": Path("a.rq"), "hub": "a/b"}, "collection build: needs one thing to build"),
        ({"sparql": Path("a.rq"), "columns": "a=b"}, "--columns: is for --hf; a query names its"),
        ({"hub": "a/b", "endpoint": "https://example.org"}, "--endpoint: is for --sparql; leave"),
    ],
)
def test_options(given: dict, problem: str) -> None:
    options = {"sparql": None, "hub": None, "columns": "", "endpoint": None, "to": None} | given
    with pytest.raises(BadInput) as caught:
        building.build("mine", limit=5, **options)
    assert str(caught.value).startswith(problem)


def test_nobody_is_asked_by_nobody(query: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CIMAISE_CONTACT")
    with pytest.raises(BadInput, match=r"^CIMAISE_CONTACT: is not set"):
        building.build("mine", query, None, "", None, 5, None)
