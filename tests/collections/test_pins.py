from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from benchmark.collections.atelier.paths import HOME
from benchmark.collections.pins import check, pin, pinned
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests.collections.documented import written


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    folder = written(tmp_path / "harbour")
    pin(folder)
    return folder


def test_every_file_of_a_split_is_pinned_by_its_digest(harbour: Path) -> None:
    pins = json.loads((harbour / "pins.json").read_text())
    assert list(pins) == [
        "test/catalogue.ttl",
        "test/facts.ttl",
        "test/metadata.jsonl",
        "test/pictures/h1.png",
        "test/pictures/h2.png",
        "test/pictures/h3.png",
    ]
    facts = (harbour / "test/facts.ttl").read_bytes()
    assert pins["test/facts.ttl"] == hashlib.sha256(facts).hexdigest()
    assert pinned(harbour) == pins


@pytest.mark.parametrize("alter", ["facts.ttl", "pictures/h2.png"])
def test_what_differs_from_its_pin_is_named_with_the_remedy(harbour: Path, alter: str) -> None:
    check(harbour, harbour / "test")
    path = harbour / "test" / alter
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(BadInput) as caught:
        check(harbour, harbour / "test")
    assert str(caught.value) == (
        f"{path}: is not the published file, so nothing is scored; "
        f"restore it: git checkout -- {path}"
    )
    path.unlink()
    with pytest.raises(BadInput, match="is not the published file"):
        check(harbour, harbour / "test")


def test_a_place_with_an_altered_file_has_no_fingerprint(
    harbour: Path, workspace: Workspace
) -> None:
    place = find(str(harbour), workspace)
    place.fingerprint()
    (harbour / "test" / "facts.ttl").write_text("")
    with pytest.raises(BadInput, match="so nothing is scored"):
        place.fingerprint()


def test_only_the_split_that_is_asked_about_is_read(tmp_path: Path) -> None:
    copy = tmp_path / "atelier"
    shutil.copytree(HOME / "gallery", copy / "gallery")
    shutil.copy(HOME / "pins.json", copy)
    with (copy / "gallery/dev/graph.ttl").open("a") as stream:
        stream.write("\n")
    check(copy, copy / "gallery/test")
    with pytest.raises(BadInput, match=r"dev/graph\.ttl: is not the published file"):
        check(copy, copy / "gallery/dev")


def test_pins_that_cannot_be_read_are_said_so(harbour: Path) -> None:
    (harbour / "pins.json").write_text("[]")
    with pytest.raises(BadInput) as caught:
        check(harbour, harbour / "test")
    assert str(caught.value) == (
        f"{harbour / 'pins.json'}: cannot be read as JSON of file: SHA-256; "
        f"python -m benchmark.collections.pins {harbour}"
    )
