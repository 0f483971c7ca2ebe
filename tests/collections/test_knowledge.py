from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.base import Collection
from benchmark.collections.knowledge import knowledge
from benchmark.collections.registry import find
from benchmark.workspace import Workspace


def test_from_the_catalogue(tmp_path: Path) -> None:
    rows = (
        {"artist": "Ann", "style": "icon", "date": "c. 1350"},
        {"artist": "", "date": "no date"},
        {"painter": "Bob", "movement": "cubist", "date": "1907-05-01"},
    )
    known = knowledge(Collection("x", tmp_path, ("a", "b", "c"), rows, lambda row: b""))
    assert known.facets == {
        "painters": {"a": "Ann", "c": "Bob"},
        "styles": {"a": "icon", "c": "cubist"},
        "centuries": {"a": "14", "c": "20"},
    }
    assert known.facts == {}


def test_from_the_graph() -> None:
    collection = find("atelier-dev", Workspace(Path.cwd())).open()
    known = knowledge(collection)
    assert set(known.facts) == set(collection.ids)
    assert set(known.facets["styles"]) == set(collection.ids)
    some = known.facts[collection.ids[0]]
    assert any(fact.startswith("shows ") for fact in some)
    assert any(fact.startswith("genre ") for fact in some)


@pytest.mark.parametrize("date", ["", "undated", "12"])
def test_no_year_no_century(tmp_path: Path, date: str) -> None:
    collection = Collection("x", tmp_path, ("a",), ({"date": date},), lambda row: b"")
    assert knowledge(collection).facets["centuries"] == {}
