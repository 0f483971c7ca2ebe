"""What holds for every published collection, and for the one that the documentation builds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmark.collections import declaration, graph
from benchmark.collections.declaration import NOT_STATED, PUBLISHED
from benchmark.collections.knowledge import FACETS, knowledge
from benchmark.collections.pins import check, pin, pinned
from benchmark.collections.registry import Place, known
from benchmark.harness.isolation import walls
from benchmark.queries import load as queries
from benchmark.workspace import Workspace
from tests.collections.documented import published

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.parent.name for path in PUBLISHED.glob("*/collection.toml"))


@pytest.fixture(params=[*NAMES, "harbour"])
def places(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Place]]:
    """Every split of a collection; the documented one is dropped into a folder of its own."""
    workspace = Workspace(ROOT)
    if request.param == "harbour":
        workspace = Workspace(tmp_path / "checkout")
        workspace.queries.mkdir(parents=True)
        monkeypatch.setattr(declaration, "PUBLISHED", tmp_path / "collections")
        pin(published(tmp_path / "collections", workspace.queries))
    declaration.published.cache_clear()
    yield [place for place in known(workspace) if place.home.name == request.param]
    declaration.published.cache_clear()


def test_it_is_found_as_published_and_its_test_comes_first(places: list[Place]) -> None:
    assert [place.split for place in places] in (["test"], ["test", "dev"])
    for place in places:
        assert place.built_in and place.declares
        assert place.name == place.home.name + ("-dev" if place.split == "dev" else "")


def test_its_licence_is_named(places: list[Place]) -> None:
    assert places[0].declaration.licence not in ("", NOT_STATED)


def test_its_files_are_pinned_and_are_what_was_pinned(places: list[Place]) -> None:
    for place in places:
        check(place.home, place.folder)
        assert re.fullmatch("[0-9a-f]{64}", place.fingerprint())
        lying = {p.relative_to(place.home).as_posix() for p in place.folder.rglob("*")
                 if p.is_file()}  # fmt: skip
        assert lying <= set(pinned(place.home))


def test_it_opens_and_every_judgment_is_valid(places: list[Place]) -> None:
    for place in places:
        query_set = queries.of(place, place.open())
        assert query_set.queries
        assert not query_set.unanswered
        assert query_set.complete == (place.declaration.judgments == "complete")


def test_every_facet_has_values_and_every_painting_facts(places: list[Place]) -> None:
    for place in places:
        collection = place.open()
        found = knowledge(place, collection)
        declared = place.declaration.facets.model_dump(exclude_none=True)
        assert set(found.facets) == {FACETS[facet] for facet in declared}
        for values in found.facets.values():
            assert set(values) <= set(collection.ids) and len(set(values.values())) > 1
        if place.declaration.graph.compared:
            assert set(found.facts) == set(collection.ids)
            assert all(found.facts.values())


def test_its_graphs_know_its_paintings(places: list[Place]) -> None:
    for place in places:
        ids = set(place.open().ids)
        for path in filter(None, (place.facts_graph, place.catalogue_graph)):
            rows = graph.load(path).select(f"SELECT ?id {{ ?p <{graph.IDENTIFIER}> ?id }}")
            assert {row["id"] for row in rows} == ids


@pytest.mark.skipif(bool(walls.missing()), reason="no walls here")
def test_no_worker_can_read_what_is_private(places: list[Place], tmp_path: Path) -> None:
    private = [place.home / name for place in places for name in place.declaration.private]
    facts = [str(place.facts_graph) for place in places if place.facts_graph]
    asked = json.dumps([*map(str, private), *facts])
    code = f"""
import json, os
def readable(path):
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read())
    except OSError:
        return False
print(json.dumps([path for path in {asked} if readable(path)]))
"""
    command = [sys.executable, "-P", "-c", code]
    built = walls.Walls(command, [], None, [], tmp_path, 2**20, cuda=False)
    try:
        done = subprocess.run(
            built.command, pass_fds=built.passed, capture_output=True, text=True, env={}, timeout=60
        )
    finally:
        built.close()
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert all(path.exists() for path in private)
