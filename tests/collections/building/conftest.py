from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.collections.building.world import QUERY
from tests.sparql_endpoint import SparqlEndpoint


@pytest.fixture(autouse=True)
def contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIMAISE_CONTACT", "ann@museum.example")


@pytest.fixture
def serve() -> Iterator[Callable[[str], SparqlEndpoint]]:
    """An endpoint over a graph in Turtle: `serve(turtle)`."""
    served: list[SparqlEndpoint] = []

    def one(turtle: str = "") -> SparqlEndpoint:
        served.append(SparqlEndpoint(turtle))
        return served[-1]

    yield one
    for endpoint in served:
        endpoint.close()


@pytest.fixture
def query(tmp_path: Path) -> Path:
    path = tmp_path / "mine.rq"
    path.write_text(QUERY, encoding="utf-8")
    return path
