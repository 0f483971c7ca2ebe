"""Pictures taken from a folder on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.collections import pulled
from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.mirror import Mirror
from benchmark.collections.pulling.pull import Account, pull
from benchmark.errors import BadInput
from tests.collections.pulling.stand_in import painted, write_manifest
from tests.collections.pulling.test_faults import missing

Copy = Callable[..., Account]


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """Three works of 512 pixels, one of 400."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "Q1.jpg").write_bytes(painted((9, 0, 0), (512, 300)))
    (folder / "Q2.PNG").write_bytes(painted((0, 9, 0), (200, 512), "PNG"))
    (folder / "Q3.jpeg").write_bytes(painted((0, 0, 9), (512, 512)))
    (folder / "Q4.tiff").write_bytes(painted((9, 9, 9), (400, 20), "TIFF"))
    (folder / "README.md").write_text("pictures")
    return folder


@pytest.fixture
def copy(mirror: Path, tmp_path: Path) -> Copy:
    def run(*ids: str) -> Account:
        manifest = write_manifest(tmp_path / "paintings.parquet", ids)
        return pull(manifest, "colours", tmp_path / "cache", Mirror(mirror, ids), Clock())

    return run


def test_a_mirror_is_copied(copy: Copy, mirror: Path, tmp_path: Path) -> None:
    account = copy("Q1", "Q2", "Q3", "Q4")
    assert (account.pulled, account.there, account.missing) == (4, 0, {})
    assert account.licences == {"not stated": 4}
    found = pulled.load(tmp_path / "cache", "colours")
    assert found is not None and found.source == "mirror, 512 px"
    assert found.folder.name == "mirror-512"
    names = ["Q1.jpg", "Q2.png", "Q3.jpg", "Q4.tif"]
    assert [found.path(one).name for one in ("Q1", "Q2", "Q3", "Q4")] == names
    assert found.path("Q2").read_bytes() == (mirror / "Q2.PNG").read_bytes()
    assert found.pictures["Q2"].origin == "Q2.PNG"
    assert copy("Q1", "Q2", "Q3", "Q4").there == 4


def test_of_sizes_as_common_the_larger_names_the_source(copy: Copy, tmp_path: Path) -> None:
    assert copy("Q1", "Q4").source == "mirror, 512 px"
    assert copy("Q4").source == "mirror, 400 px"


def test_what_is_no_regular_picture_is_refused(copy: Copy, mirror: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(painted((1, 1, 1)))
    (mirror / "Q5.jpg").symlink_to(secret)
    os.mkfifo(mirror / "Q6.jpg")
    (mirror / "Q7.jpg").mkdir()
    (mirror / "Q8.jpg").write_bytes(painted((1, 1, 1))[:700])
    (mirror / "Q9.svg").write_text("<svg/>")
    (mirror / "Q10.jpg").write_text("<svg/>")
    assert copy("Q1", *(f"Q{number}" for number in range(5, 11))).pulled == 1
    assert missing(tmp_path, "mirror-512") == {
        "Q5": "is not a regular file",
        "Q6": "is not a regular file",
        "Q7": "is not a regular file",
        "Q8": "is broken or cut short: it does not decode",
        "Q9": "is not in the mirror",
        "Q10": "is an SVG, no JPEG, PNG, GIF, WebP or TIFF",
    }


@pytest.mark.parametrize("ids", [["Q77"], []])
def test_a_mirror_of_something_else(copy: Copy, mirror: Path, ids: list[str]) -> None:
    with pytest.raises(BadInput, match="holds no picture of this collection; name each after"):
        copy(*ids)


def test_a_mirror_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere: missing"):
        Mirror(tmp_path / "nowhere", ["Q1"])


def test_a_side_that_no_source_has(mirror: Path) -> None:
    (mirror / "Q9.png").write_bytes(painted((0, 0, 0), (100_001, 1), "PNG"))
    assert str(Mirror(mirror, ["Q9"]).source) == "mirror, 99999 px"
