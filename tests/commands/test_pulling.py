"""`cimaise collection pull`, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmark.cli import app
from benchmark.collections.pulling.servers import Servers
from benchmark.commands import pulling
from benchmark.errors import BadInput
from benchmark.workspace import Workspace
from tests.collections.pulling.stand_in import Reply, StandIn, painted, write_manifest


@dataclass
class Declared:
    pictures: str


@dataclass
class Place:
    gallery: str
    folder: Path
    cache: Path
    declaration: Declared

    @property
    def pulls(self) -> bool:
        return self.declaration.pictures == "pulled"


@pytest.fixture
def place(inside: None, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Three paintings, in a collection whose pictures are pulled."""
    manifest, declared = workspace.root / "manifest", Declared("pulled")
    place = Place("colours", manifest, workspace.cache, declared)
    write_manifest(place.folder / "paintings.parquet", ["Q1", "Q2", "Q3"])
    monkeypatch.setattr(pulling, "find", lambda reference, workspace: place)
    monkeypatch.delenv("CIMAISE_CONTACT", raising=False)
    return place


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "mirror"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"Q{number}.jpg").write_bytes(painted((number, 0, 0), (512, 9)))
    return folder


def test_from_a_mirror(place: Place, mirror: Path) -> None:
    done = CliRunner().invoke(app, ["collection", "pull", "colours", "--from", str(mirror)])
    assert done.exit_code == 1
    first, licences = done.stdout.splitlines()
    assert first.startswith("colours: 2 of 3 pictures (mirror, 512 px): 2 pulled (")
    assert first.endswith(" s), 0 already there, 1 missing")
    assert licences == "licences: not stated 2"
    assert done.stderr.splitlines()[-1] == "missing, 1: is not in the mirror"
    (mirror / "Q3.png").write_bytes(painted((3, 0, 0), (512, 9), "PNG"))
    done = CliRunner().invoke(app, ["collection", "pull", "colours", "--from", str(mirror)])
    assert done.exit_code == 0
    assert "3 of 3 pictures (mirror, 512 px): 1 pulled" in done.stdout


def test_from_commons(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = StandIn()
    for number in (1, 2, 3):
        stand_in.hang(f"Q{number}", f"{number}.jpg", Reply(painted((number, 9, 9), (300, 9))))
    monkeypatch.setattr(Servers, "__init__", lambda self: vars(self).update(vars(stand_in.servers)))
    monkeypatch.setenv("CIMAISE_CONTACT", "https://museum.example/robots")
    try:
        done = CliRunner().invoke(app, ["collection", "pull", "colours", "--width", "960"])
    finally:
        stand_in.close()
    assert done.exit_code == 0, done.stderr
    assert "colours: 3 of 3 pictures (Commons, 960 px): 3 pulled (" in done.stdout
    assert "smaller than asked, as the original is: 3\nlicences: Public domain 3" in done.stdout
    (agent,) = stand_in.agents
    assert "(https://museum.example/robots)" in agent


@pytest.mark.parametrize(
    ("contact", "problem"),
    [
        (None, "is not set"),
        ("", "is not set"),
        ("me", "is 'me', no address or page"),
        ("me@here) evil (", "no address or page"),
        ("a@b.org\r\nX: y", "no address or page"),
    ],
)
def test_without_a_contact_nobody_is_asked(
    place: Place, monkeypatch: pytest.MonkeyPatch, contact: str | None, problem: str
) -> None:
    if contact is not None:
        monkeypatch.setenv("CIMAISE_CONTACT", contact)
    done = CliRunner().invoke(app, ["collection", "pull", "colours"])
    assert isinstance(done.exception, BadInput)
    said = str(done.exception)
    assert said.startswith("CIMAISE_CONTACT: ") and problem in said and "\n" not in said
    assert said.endswith(
        "servers ask whom to write to: export CIMAISE_CONTACT=you@example.org, or your page"
    )


def test_a_collection_that_brings_its_pictures(place: Place, mirror: Path) -> None:
    place.declaration.pictures = "folder"
    done = CliRunner().invoke(app, ["collection", "pull", "colours", "--from", str(mirror)])
    said = "colours: its pictures are not pulled; they lie in its folder"
    assert str(done.exception) == said


def test_a_manifest_that_is_not_there(place: Place, mirror: Path) -> None:
    (place.folder / "paintings.parquet").write_text("no parquet")
    done = CliRunner().invoke(app, ["collection", "pull", "colours", "--from", str(mirror)])
    assert str(done.exception).endswith(
        "paintings.parquet: is no parquet file; restore the collection's manifest"
    )


@pytest.mark.parametrize("there", [True, False])
def test_a_mirror_that_is_no_folder(place: Place, mirror: Path, there: bool) -> None:
    what = mirror / ("Q1.jpg" if there else "nowhere")
    done = CliRunner().invoke(app, ["collection", "pull", "colours", "--from", str(what)])
    assert isinstance(done.exception, BadInput)
    told = f"--from {what}: is no folder; name the one that has the pictures"
    assert str(done.exception) == told
