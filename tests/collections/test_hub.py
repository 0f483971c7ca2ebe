from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests.conftest import QRELS, QUERIES, write_queries
from tests.stand_in_hub import StandInHub


@pytest.fixture
def served(hub: StandInHub, gallery: Path) -> str:
    """The commit of the tiny gallery as a data set of the hub."""
    write_queries(gallery, QUERIES, QRELS)
    return hub.add("datasets", "museum/colours", gallery)


def test_a_data_set_is_a_collection(
    workspace: Workspace, hub: StandInHub, served: str, gallery: Path
) -> None:
    place = find("hf:museum/colours", workspace)
    assert place.name == "museum--colours"
    assert place.folder.name == served
    assert place.queries == place.folder
    collection = place.open()
    assert len(collection) == 8
    assert collection.image(0).size == (10, 12)
    assert place.fingerprint() == find(str(gallery), workspace).fingerprint()
    assert find("museum--colours", workspace).folder == place.folder


def test_a_new_commit_leaves_nothing_of_the_old_one(
    workspace: Workspace, hub: StandInHub, served: str, gallery: Path, tmp_path: Path
) -> None:
    find("hf:museum/colours", workspace)
    newer = tmp_path / "newer"
    shutil.copytree(gallery, newer)
    (newer / "red.png").unlink()
    rows = [json.loads(line) for line in (newer / "metadata.jsonl").read_text().splitlines()]
    text = "".join(json.dumps(row) + "\n" for row in rows[1:])
    (newer / "metadata.jsonl").write_text(text)
    hub.add("datasets", "museum/colours", newer)
    now = find("hf:museum/colours", workspace)
    assert len(now.open()) == 7
    assert not (now.folder / "red.png").exists()
    then = find(f"hf:museum/colours@{served}", workspace)
    assert len(then.open()) == 8


def refusal(reference: str, workspace: Workspace) -> str:
    with pytest.raises(BadInput) as caught:
        find(reference, workspace)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_not_there_is_named(workspace: Workspace, hub: StandInHub, served: str) -> None:
    missing = refusal("hf:museum/nothing", workspace)
    assert missing.startswith("hf:museum/nothing: ")
    assert "404" in missing or "not found" in missing.lower()
    assert missing.endswith("; check the name and the network")
    unknown = refusal(f"hf:museum/colours@{'0' * 40}", workspace)
    assert unknown.startswith(f"hf:museum/colours@{'0' * 40}: ")
    assert refusal("hf:a/b/c", workspace).startswith("hf:a/b/c: Repo id must be ")


def test_no_network(workspace: Workspace, hub: StandInHub) -> None:
    hub.close()
    message = refusal("hf:museum/colours", workspace)
    assert message.startswith("hf:museum/colours: ")
    assert message.endswith("; check the name and the network")
    hub.__init__()  # so that the fixture has something to close
