from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benchmark.harness.evaluation.memory import SETTLED, Memory


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that has lain there for a while."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "file").write_text("one")
    return folder


def settle(monkeypatch: pytest.MonkeyPatch, seconds: float = 10 * SETTLED) -> None:
    """Let time pass: ctime cannot be set back, so the clock goes forward."""
    now = time.time()
    monkeypatch.setattr("benchmark.harness.evaluation.memory.time.time", lambda: now + seconds)


class Reading:
    """Reads the file, and counts."""

    def __init__(self, memory: Memory, place: Path) -> None:
        self.memory, self.place, self.times = memory, place, 0

    def __call__(self, what: str = "text") -> str:
        return self.memory.recall(what, str, [self.place], self.make)

    def make(self) -> str:
        self.times += 1
        return (self.place / "file").read_text()


@pytest.fixture
def reading(tmp_path: Path, place: Path) -> Reading:
    return Reading(Memory(tmp_path / "notes"), place)


def test_what_lies_unchanged_is_read_once(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    assert (reading(), reading(), reading.times) == ("one", "one", 1)


def test_what_was_just_written_is_read_again(reading: Reading) -> None:
    assert (reading(), reading(), reading.times) == ("one", "one", 2)


@pytest.mark.parametrize("change", ["content", "same size", "times", "another", "less", "mode"])
def test_any_change_is_seen(
    reading: Reading, place: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    settle(monkeypatch)
    reading()
    file = place / "file"
    before = file.stat()
    if change == "content":
        file.write_text("three")
    elif change == "same size":  # with the time that it had: the file system's own clock tells
        file.write_text("two")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif change == "times":
        os.utime(file, (1, 1))
    elif change == "another":
        (place / "new").write_text("")
    elif change == "less":
        (place / "empty").mkdir()
    else:
        file.chmod(0o600)
    assert reading() == file.read_text()
    assert reading.times == 2


def test_another_question_is_another_note(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    reading("text")
    reading("other code")
    assert reading.times == 2


def test_a_broken_note_is_no_note(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    reading()
    (note,) = (tmp_path / "notes").iterdir()
    note.write_text('["x"')
    assert (reading(), reading.times) == ("one", 2)


def test_what_changes_while_it_is_read_is_not_remembered(
    reading: Reading, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)

    def make() -> str:
        (place / "file").write_text("else")
        return "one"

    assert reading.memory.recall("text", str, [place], make) == "one"
    assert not (tmp_path / "notes").exists()
    assert reading() == "else"


def test_a_place_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    memory, nowhere = Memory(tmp_path / "notes"), tmp_path / "nowhere"
    assert memory.recall("x", int, [nowhere], lambda: 1) == 1
    assert memory.recall("x", int, [nowhere], lambda: 2) == 1
    nowhere.write_text("now it is")
    assert memory.recall("x", int, [nowhere], lambda: 3) == 3
