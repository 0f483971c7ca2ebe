from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.collections import graph
from benchmark.collections.base import Collection
from benchmark.collections.knowledge import Knowledge, knowledge, knowledge_digest
from benchmark.collections.registry import Place, find
from benchmark.workspace import Workspace
from tests.collections.documented import written


def of_columns(folder: Path, *rows: dict[str, str]) -> Knowledge:
    """What is known of paintings that come with metadata alone, and no declaration."""
    ids = tuple("abcdef"[: len(rows)])
    place = Place("x", folder, folder, folder, False, folder / "cache")
    return knowledge(place, Collection("x", folder, ids, rows, lambda row: b""))


def test_from_the_usual_columns(tmp_path: Path) -> None:
    known = of_columns(
        tmp_path,
        {"artist": "Ann", "style": "icon", "date": "c. 1350"},
        {"artist": "", "date": "no date"},
        {"artist": "Bob", "style": "cubist", "date": "1907-05-01"},
    )
    assert known.facets == {
        "painters": {"a": "Ann", "c": "Bob"},
        "styles": {"a": "icon", "c": "cubist"},
        "centuries": {"a": "14", "c": "20"},
    }
    assert known.facts == {}


@pytest.mark.parametrize("date", ["", "undated", "12"])
def test_no_year_no_century(tmp_path: Path, date: str) -> None:
    assert of_columns(tmp_path, {"date": date}).facets["centuries"] == {}


def test_as_declared_from_columns_and_graph(tmp_path: Path, workspace: Workspace) -> None:
    place = find(str(written(tmp_path / "harbour")), workspace)
    known = knowledge(place, place.open())
    assert known.facets == {
        "painters": {"h1": "Ann", "h2": "Ann", "h3": "Bob"},
        "styles": {"h1": "fauve", "h2": "icon", "h3": "icon"},
        "centuries": {"h1": "20", "h2": "19", "h3": "20"},
    }
    assert known.facts == {
        "h1": {"painter Ann", "style fauve", "century 20", "shows urn:harbour:yacht",
               "shows urn:harbour:boat"},
        "h2": {"painter Ann", "style icon", "century 19", "shows urn:harbour:boat",
               "shows urn:harbour:gull"},
        "h3": {"painter Bob", "style icon", "century 20", "shows urn:harbour:gull"},
    }  # fmt: skip


def test_the_graph_is_read_once_and_again_when_it_changes(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path / "harbour")
    place = find(str(folder), workspace)
    first, digest = knowledge(place, place.open()), knowledge_digest(place)
    reads = []
    load = graph.load
    monkeypatch.setattr(graph, "load", lambda path: reads.append(path) or load(path))
    assert knowledge(place, place.open()) == first
    assert reads == []
    facts = folder / "test" / "facts.ttl"
    facts.write_text(facts.read_text() + ":h3 crm:P62_depicts :yacht .\n")
    assert "shows urn:harbour:boat" in knowledge(place, place.open()).facts["h3"]
    assert reads == [facts]
    assert knowledge_digest(place) != digest


def test_a_spoilt_cache_is_made_anew(tmp_path: Path, workspace: Workspace) -> None:
    place = find(str(written(tmp_path / "harbour")), workspace)
    first = knowledge(place, place.open())
    (kept,) = (workspace.cache / "knowledge").iterdir()
    kept.write_text("{")
    assert knowledge(place, place.open()) == first
    assert json.loads(kept.read_text())


def test_of_the_atelier_as_its_facts_have_it() -> None:
    """Regression: facts read by the declaration are those that the code of the atelier reads."""
    from benchmark.collections.atelier.facts import published

    place = find("atelier-dev", Workspace(Path.cwd()))
    collection = place.open()
    known, facts = knowledge(place, collection), published("dev")
    assert set(known.facts) == set(collection.ids) == set(facts)
    for name in collection.ids[::25]:
        own = facts[name]
        shown = {kind for thing in own["objects"] for kind in (thing["concept"], *thing["broader"])}
        coloured = {(thing["concept"], thing["colour"]) for thing in own["objects"]}
        whole = ("genre", "setting", "season", "hour", "weather", "mood", "palette", "figure")
        wanted = len(shown) + sum(colour != "" for _, colour in coloured)
        wanted += sum(own[kind] != "" for kind in whole) + 4  # school, painter, style, century
        assert len(known.facts[name]) == wanted, name
        assert known.facets["centuries"][name] == own["century"].removesuffix("th")
