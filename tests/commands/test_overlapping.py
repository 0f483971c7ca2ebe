"""`collection overlap`: what it says, to people and to scripts, and what it skips."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.cli import app
from benchmark.commands.overlapping import overlap
from benchmark.errors import BadInput
from tests.collections.test_overlap import scene
from tests.conftest import write_lines

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """Three paintings; of a fourth there is no picture."""
    folder = tmp_path / "hall"
    rows = [{"id": f"p{seed}", "file_name": f"{seed}.png"} for seed in range(4)]
    write_lines(folder / "metadata.jsonl", rows)
    for seed in range(4):
        scene(seed).save(folder / f"{seed}.png")
    (folder / "3.png").write_bytes(b"gone")
    return folder


@pytest.fixture
def training(tmp_path: Path) -> Path:
    """Two copies of one painting of the gallery, another work, and what is no picture."""
    folder = tmp_path / "training"
    (folder / "deep").mkdir(parents=True)
    scene(1).save(folder / "same.png")
    scene(1).resize((120, 100)).save(folder / "deep/small.jpg", quality=30)
    scene(9).save(folder / "other.webp")
    (folder / "broken.jpg").write_bytes(b"<html>")
    (folder / "metadata.jsonl").write_text("{}")
    return folder


def test_pairs_files_to_skip_and_the_remedy(
    gallery: Path, training: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overlap(str(gallery), training, as_json=False)
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].split() == ["painting", "file", "distance"]
    assert lines[1].split() == ["p1", "same.png", "0"]
    assert lines[2].split()[:2] == ["p1", "deep/small.jpg"]
    assert " ".join(lines[3:]) == (
        f"1 of 3 paintings of hall is shown by 2 of 3 pictures in {training}; "
        "leave these files out of training"
    )
    assert said.err.splitlines() == [
        "skipped: broken.jpg: is not a picture",
        "1 of 4 paintings has no picture that can be read here",
    ]


def test_the_same_for_a_script(
    gallery: Path, training: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overlap(str(gallery), training, as_json=True)
    told = json.loads(capsys.readouterr().out)
    small = told["pairs"].pop()
    assert (small["id"], small["file"]) == ("p1", "deep/small.jpg")
    assert 0 < small["distance"] <= 56
    assert told == {
        "collection": "hall",
        "against": str(training),
        "paintings": 3,
        "files": 3,
        "pairs": [{"id": "p1", "file": "same.png", "distance": 0}],
        "near": 56,
        "bits": 256,
        "not compared": {"paintings": ["p3"], "files": {"broken.jpg": "is not a picture"}},
    }


def test_none(gallery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "else").mkdir()
    scene(8).save(tmp_path / "else/a.png")
    overlap(str(gallery), tmp_path / "else", as_json=False)
    said = f"none of 3 paintings of hall is shown by any of 1 picture in {tmp_path / 'else'}\n"
    assert capsys.readouterr().out == said


def test_a_table_is_80_columns_wide_and_cuts_no_name(
    gallery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "n" * 150 + ".png"
    (tmp_path / "long").mkdir()
    scene(2).save(tmp_path / "long" / name)
    overlap(str(gallery), tmp_path / "long", as_json=False)
    table = capsys.readouterr().out.splitlines()[:-1]
    assert max(map(len, table)) <= 80
    assert "".join(word for line in table[1:] for word in line.split() if "n" in word) == name


def test_a_name_that_would_act_on_the_terminal_is_shown(
    gallery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd").mkdir()
    scene(2).save(tmp_path / "odd" / "[red]\x1b[2J.png")
    overlap(str(gallery), tmp_path / "odd", as_json=False)
    assert "[red]\\x1b[2J.png" in capsys.readouterr().out


def test_what_cannot_be_compared_is_one_line(gallery: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^--against nowhere: is no folder; name "):
        overlap(str(gallery), Path("nowhere"), as_json=False)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=r"empty: holds no pictures; they end in \.jpg, "):
        overlap(str(gallery), tmp_path / "empty", as_json=False)
    for seed in range(4):
        (gallery / f"{seed}.png").write_bytes(b"gone")
    said = "^hall: none of its pictures can be read here; see: cimaise collection verify hall$"
    with pytest.raises(BadInput, match=said):
        overlap(str(gallery), tmp_path, as_json=False)


def test_the_command(gallery: Path, training: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["collection", "overlap", str(gallery), "--against", str(training), "--json"]
    app(words, standalone_mode=False)
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 2


def test_what_pillow_only_remarks_on_is_not_said(
    gallery: Path, training: Path, recwarn: pytest.WarningsRecorder
) -> None:
    data = (training / "deep/small.jpg").read_bytes()
    exif = b"\xff\xe1\x00\x1eExif\x00\x00II*\x00" + b"\xff" * 4 + b"\1" * 14
    (training / "exif.jpg").write_bytes(data[:2] + exif + data[2:])
    overlap(str(gallery), training, as_json=True)
    assert [str(one.message) for one in recwarn] == []
