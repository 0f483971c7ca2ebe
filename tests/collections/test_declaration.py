"""collection.toml: what holds, and one line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections import declaration
from benchmark.collections.declaration import load, published, undeclared
from benchmark.collections.knowledge import knowledge
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests import pulled_gallery
from tests.collections.documented import written


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return written(tmp_path / "harbour")


def refusal(folder: Path, workspace: Workspace) -> str:
    """What is said of a folder when it is opened and its facets are read."""
    with pytest.raises(BadInput) as caught:
        place = find(str(folder), workspace)
        knowledge(place, place.open())
    said = str(caught.value)
    assert "\n" not in said
    return said.removeprefix(f"{folder}/collection.toml: ")


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "collection.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_all_that_is_declared(harbour: Path) -> None:
    declared = load(harbour)
    assert declared is not None
    assert (declared.name, declared.licence, declared.complete) == ("harbour", "CC0-1.0", True)
    assert declared.splits == {"test": "test"}
    assert declared.facets.columns() == {"painter": "artist", "style": "style"}
    assert declared.facets.paths() == {"century": "schema:dateCreated"}
    assert (declared.graph.facts, declared.graph.catalogue) == ("facts.ttl", "catalogue.ttl")


def test_a_folder_that_says_nothing_is_incomplete(gallery: Path) -> None:
    assert load(gallery) is None
    said = undeclared("colours")
    assert (said.name, said.licence, said.complete) == ("colours", "not stated", False)
    assert said.splits == {"test": "."}
    assert said.private == ()


MISTAKES = {
    "no licence": ('licence = "CC0-1.0"\n', "", "licence: missing; add it"),
    "an unknown facet": (
        'painter = "artist"',
        'paynter = "artist"',
        "facets.paynter: unknown key; did you mean 'painter'?",
    ),
    "a facet that is none": (
        'painter = "artist"',
        'price = "artist"',
        "facets.price: unknown key; known: century, painter, style",
    ),
    "an unknown key": ("title =", "titel =", "titel: unknown key; did you mean 'title'?"),
    "no such column": (
        'painter = "artist"',
        'painter = "creator"',
        "facets.painter: no column 'creator' in the metadata; use title, artist, style",
    ),
    "no such property": (
        '"schema:dateCreated"',
        '"schema:birthDate"',
        "facets.century: '?painting schema:birthDate ?value' is so of no painting; "
        "look at the prefixes and properties of facts.ttl",
    ),
    "a missing file": (
        'catalogue = "catalogue.ttl"',
        'catalogue = "known.ttl"',
        "graph.catalogue: 'test/known.ttl' is not there; add it, or mend the path",
    ),
    "facts that models are shown": (
        'catalogue = "catalogue.ttl"',
        'catalogue = "facts.ttl"',
        "graph.catalogue: 'test/facts.ttl' are the facts that grades follow from; "
        "name another file",
    ),
    "a catalogue that lies elsewhere": (
        'catalogue = "catalogue.ttl"',
        'catalogue = "../../other.ttl"',
        "graph.catalogue: is no path inside the collection's folder, not '../../other.ttl'",
    ),
    "facts that are a folder": (
        'facts = "facts.ttl"',
        'facts = "pictures"',
        "graph.facts: 'test/pictures' is no file; name a Turtle file",
    ),
    "a missing split": (
        'test = "test"',
        'test = "hung"',
        "splits.test: 'hung' is not there; add it, or mend the path",
    ),
    "a missing private file": (
        '"test/pictures"]',
        '"test/judgments"]',
        "private: 'test/judgments' is not there; add it, or mend the path",
    ),
    "judgments of no kind": (
        '"complete"',
        '"some"',
        "judgments: Input should be 'complete' or 'incomplete', not 'some'",
    ),
    "facts that models could read": (
        '"test/facts.ttl", ',
        "",
        "graph.facts: 'test/facts.ttl' of test is not private, so that models could read what "
        "grades them; add it to private",
    ),
    "a path that leaves the folder": (
        '"test/pictures"]',
        '"../x"]',
        "private.2: is no path inside the collection's folder, not '../x'",
    ),
    "a property without a graph": (
        'facts = "facts.ttl"\n',
        "",
        "facets.century: 'schema:dateCreated' is a property of a graph, and there is none; name "
        "a column of the metadata, or [graph] facts",
    ),
    "a name that is a split's": (
        'name = "harbour"',
        'name = "harbour-dev"',
        "name: ends in -dev, as the split for tuning does, not 'harbour-dev'",
    ),
    "a pattern that could ask another server": (
        "?painting crm:P62_depicts/skos:broader* ?value",
        "SERVICE <http://127.0.0.1/> { ?painting ?p ?value }",
        "graph.compared.shows: has braces, and may only be triples or a path, not 'SERVICE "
        "<http://127.0.0.1/> { ?painting ?p ?value }'",
    ),
    "no test": ('test = "test"', 'dev = "test"', 'splits: has no test; write test = "."'),
    "a split of no kind": (
        'test = "test"',
        'train = "test"',
        "splits.train: Input should be 'test' or 'dev', not 'train'",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line(harbour: Path, workspace: Workspace, mistake: str) -> None:
    old, new, said = MISTAKES[mistake]
    change(harbour, old, new)
    assert refusal(harbour, workspace) == said


def test_a_pattern_that_is_no_sparql_is_one_line(harbour: Path, workspace: Workspace) -> None:
    change(harbour, "crm:P62_depicts/skos:broader*", "nobody:knows")
    said = refusal(harbour, workspace)
    assert said.startswith("graph.compared.shows: cannot be asked of facts.ttl: error at 1:")


def test_a_declaration_may_be_a_link_as_those_of_the_hub_are(harbour: Path) -> None:
    (harbour / "collection.toml").rename(harbour / "blob")
    (harbour / "collection.toml").symlink_to("blob")
    declared = load(harbour)
    assert declared is not None and declared.name == "harbour"


def test_not_toml(harbour: Path, workspace: Workspace) -> None:
    (harbour / "collection.toml").write_text("name = harbour")
    assert refusal(harbour, workspace).startswith("not valid TOML (")


def test_the_published_ones_are_those_of_the_folder() -> None:
    assert list(published()) == ["atelier", "museum", "museum-core"]


def test_pictures_may_be_pulled_and_two_splits_hang_alike(tmp_path: Path) -> None:
    declared = load(pulled_gallery.make(tmp_path / "collections", tmp_path / "queries"))
    assert declared is not None
    assert (declared.pictures, declared.board) == ("pulled", 1)
    assert declared.splits == {"test": "gallery/test", "dev": "gallery/test"}


PULLED_MISTAKES = {
    "rows that models could read": (
        'private = ["gallery"]',
        'private = ["gallery/test/facts.ttl"]',
        "pictures: 'gallery/test/paintings.parquet' of test is not private, and its rows hold "
        "facts that no model may read; add it to private",
    ),
    "no rows": (
        'dev = "gallery/test"',
        'dev = "gallery"',
        "pictures: 'gallery/paintings.parquet' of dev is not there; add it",
    ),
    "pictures of no kind": (
        '"pulled"',
        '"drawn"',
        "pictures: Input should be 'folder' or 'pulled', not 'drawn'",
    ),
    "no place among boards": (
        "board = 1",
        "board = 0",
        "board: Input should be greater than or equal to 1, not 0",
    ),
}


@pytest.mark.parametrize("mistake", PULLED_MISTAKES)
def test_a_mistake_of_a_pulled_one_is_one_line(tmp_path: Path, mistake: str) -> None:
    home = pulled_gallery.make(tmp_path / "collections", tmp_path / "queries")
    old, new, said = PULLED_MISTAKES[mistake]
    change(home, old, new)
    if mistake == "no rows":
        change(home, '[graph]\nfacts = "facts.ttl"\n', "")
    with pytest.raises(BadInput) as caught:
        load(home)
    assert str(caught.value) == f"{home}/collection.toml: {said}"


def test_a_published_one_is_named_as_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path / "collections" / "port")
    monkeypatch.setattr(declaration, "PUBLISHED", tmp_path / "collections")
    with pytest.raises(BadInput) as caught:
        published.__wrapped__()
    assert str(caught.value) == (
        f"{folder}/collection.toml: name: 'harbour' is not that of its folder; "
        'write name = "port"'
    )
