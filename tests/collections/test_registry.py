from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmark.collections.registry import (
    find,
    known,
    on_board,
    private_files,
    remembered,
    vanished,
)
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests import pulled_gallery
from tests.collections.documented import written

BUILT_IN = [name + split for name in ("atelier", "museum", "museum-core") for split in ("", "-dev")]


def test_a_folder_is_found_and_remembered_by_its_name(workspace: Workspace, gallery: Path) -> None:
    place = find(str(gallery), workspace)
    assert (place.name, place.folder, place.built_in) == ("colours", gallery, False)
    assert place.queries == workspace.queries / "colours"
    assert find("colours", workspace) == place
    assert len(place.open()) == 8
    assert [found.name for found in known(workspace)] == [*BUILT_IN, "colours"]


def test_a_relative_path(
    workspace: Workspace, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(gallery.parent)
    assert find("./colours", workspace).folder == gallery.resolve()
    monkeypatch.chdir(gallery)
    assert find(".", workspace).name == "colours"


def test_queries_beside_the_pictures_come_first(workspace: Workspace, gallery: Path) -> None:
    shutil.copy(workspace.queries / "colours" / "queries.jsonl", gallery)
    assert find(str(gallery), workspace).queries == gallery


def test_nothing_found_says_what_there_is(workspace: Workspace, gallery: Path) -> None:
    find(str(gallery), workspace)
    with pytest.raises(BadInput) as caught:
        find("nowhere", workspace)
    assert str(caught.value) == (
        "--collection nowhere: no such collection or folder; "
        f"there are: {', '.join(BUILT_IN)}, colours; or a path, or hf:owner/name"
    )


def test_a_folder_may_not_take_a_built_in_name(workspace: Workspace, gallery: Path) -> None:
    gallery.rename(gallery.parent / "atelier")
    with pytest.raises(BadInput) as caught:
        find(str(gallery.parent / "atelier"), workspace)
    assert str(caught.value) == (
        f"{gallery.parent / 'atelier'}: 'atelier' is the name of a built-in collection; rename it"
    )


def test_a_folder_that_went_away_is_not_known(workspace: Workspace, gallery: Path) -> None:
    find(str(gallery), workspace)
    shutil.rmtree(gallery)
    assert [place.name for place in known(workspace)] == BUILT_IN
    assert json.loads((workspace.cache / "collections.json").read_text()) == {
        name: str(path) for name, path in remembered(workspace).items()
    }
    assert vanished(workspace) == {"colours": gallery}
    with pytest.raises(BadInput) as caught:
        find("colours", workspace)
    assert str(caught.value) == f"--collection colours: {gallery} is gone; give its path anew"


def test_the_splits_of_a_published_collection(workspace: Workspace) -> None:
    test, dev = find("atelier", workspace), find("atelier-dev", workspace)
    assert (test.split, dev.split) == ("test", "dev")
    assert test.home == dev.home
    assert test.queries == dev.queries == workspace.queries / "atelier"
    assert test.facts_graph == test.home / "gallery/test/graph.ttl"
    assert test.declaration.complete


def test_a_folder_goes_by_the_name_it_declares(tmp_path: Path, workspace: Workspace) -> None:
    folder = written(tmp_path / "a folder")
    place = find(str(folder), workspace)
    assert (place.name, place.home, place.folder) == ("harbour", folder, folder / "test")
    assert find("harbour", workspace) == place
    assert place.catalogue_graph == folder / "test" / "catalogue.ttl"


def test_a_folder_with_a_split_for_tuning(tmp_path: Path, workspace: Workspace) -> None:
    folder = written(tmp_path / "harbour")
    shutil.copytree(folder / "test", folder / "tuning")
    manifest = (folder / "collection.toml").read_text()
    manifest = manifest.replace('test = "test"', 'test = "test"\ndev = "tuning"')
    manifest = manifest.replace('["test/facts.ttl"', '["tuning", "test/facts.ttl"')
    (folder / "collection.toml").write_text(manifest)
    find(str(folder), workspace)
    place = find("harbour-dev", workspace)
    assert (place.split, place.folder) == ("dev", folder / "tuning")


def test_a_remembered_folder_whose_declaration_is_wrong_says_so_when_asked(
    tmp_path: Path, workspace: Workspace
) -> None:
    """One wrong folder hides no other."""
    folder = written(tmp_path / "harbour")
    find(str(folder), workspace)
    (folder / "collection.toml").write_text("name = 1")
    assert [place.name for place in known(workspace)] == [*BUILT_IN, "harbour"]
    place = known(workspace)[-1]
    with pytest.raises(BadInput, match=r"collection\.toml: name: "):
        _ = place.declaration
    with pytest.raises(BadInput, match=r"collection\.toml: name: "):
        find(str(folder), workspace)


def test_notes_that_cannot_be_read_are_no_notes(workspace: Workspace, gallery: Path) -> None:
    find(str(gallery), workspace)
    (workspace.cache / "collections.json").write_text("[1")
    assert remembered(workspace) == {}
    assert find(str(gallery), workspace).name == "colours"


def test_a_pulled_collection_and_its_pictures(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = pulled_gallery.publish(workspace, tmp_path / "published", monkeypatch)
    test, dev = find("hall", workspace), find("hall-dev", workspace)
    assert test.folder == dev.folder == home / "gallery/test"
    gallery = test.fingerprint()
    assert test.pulls and test.pictures() is None and len(test.open()) == 5
    assert test.lacks(test.pictures()) == "its pictures are not here"
    pulled_gallery.pull(workspace, of=pulled_gallery.IDS[:4])
    some = dev.pictures()
    assert some is not None and (some.source, some.missing) == ("mirror, 512 px", 1)
    assert dev.lacks(some) == "1 of its pictures are missing"
    pulled_gallery.pull(workspace)
    found = test.pictures()
    assert found is not None and found.missing == 0 and found.digest != some.digest
    assert test.lacks(found) == ""
    assert test.fingerprint() == gallery  # which knows of no picture


def test_a_collection_of_the_hub_has_its_own_pictures_whatever_it_declares(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_gallery.publish(workspace, tmp_path / "published", monkeypatch)
    pulled_gallery.pull(workspace)
    theirs = pulled_gallery.make(tmp_path / "theirs", workspace.queries.parent / "other")
    monkeypatch.setattr("benchmark.collections.hub.fetch", lambda repository, cache: theirs)
    there = find("hf:somebody/else", workspace)
    assert there.declaration.name == "hall" and there.gallery == "somebody--else"
    assert there.pictures() is None
    splits = {place.name: place.gallery for place in known(workspace)}
    assert splits == {"hall": "hall", "hall-dev": "hall", "somebody--else": "somebody--else",
                      "somebody--else-dev": "somebody--else"}  # fmt: skip


def test_facts_rows_and_pulled_pictures_are_private(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a checkout lies among what every worker is given, such as below /usr."""
    home = pulled_gallery.publish(workspace, tmp_path / "published", monkeypatch)
    pictures = pulled_gallery.pull(workspace)
    private = private_files(workspace)
    for path in (home / "gallery/test/facts.ttl", home / "gallery/test/paintings.parquet",
                 pictures / "Q1.png", pictures / "pulled.jsonl"):  # fmt: skip
        assert path.is_file() and any(path.is_relative_to(place) for place in private)


def test_the_boards_come_in_the_order_declared(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [place.name for place in on_board(workspace)] == ["museum-core", "atelier"]
    home = pulled_gallery.publish(workspace, tmp_path / "published", monkeypatch)
    for name, board in (("annexe", "board = 2"), ("attic", "")):
        shutil.copytree(home, home.parent / name)
        text = pulled_gallery.DECLARATION.replace("hall", name, 1).replace("board = 1", board)
        (home.parent / name / "collection.toml").write_text(text)
    assert [place.name for place in on_board(workspace)] == ["hall", "annexe"]


def test_what_no_worker_may_see(workspace: Workspace, gallery: Path) -> None:
    find(str(gallery), workspace)
    homes = [find(name, workspace).home for name in ("atelier", "museum", "museum-core")]
    published = private_files()
    assert {home / "gallery" for home in homes} < set(published)
    pulled = workspace.cache / "pictures"
    assert private_files(workspace) == [*published, gallery, pulled]
