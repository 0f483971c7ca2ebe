from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmark.collections.registry import BUILT_IN, find, known, remembered
from benchmark.errors import BadInput
from benchmark.workspace import Workspace


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
        "there are: atelier, atelier-dev, colours; or a path, or hf:owner/name"
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
    assert [place.name for place in known(workspace)] == list(BUILT_IN)
    assert json.loads((workspace.cache / "collections.json").read_text()) == {
        name: str(path) for name, path in remembered(workspace).items()
    }
