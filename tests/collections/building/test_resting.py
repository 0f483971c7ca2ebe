from __future__ import annotations

import time
from email.utils import formatdate
from pathlib import Path

import pytest

from benchmark.collections.building.resting import Rest, seconds_of
from benchmark.errors import BadInput


def test_one_at_a_time(tmp_path: Path) -> None:
    rest = Rest("http://127.0.0.1:1/", tmp_path)
    with rest.alone():
        with pytest.raises(BadInput, match="is being asked by another"), rest.alone():
            pass
        with Rest("http://127.0.0.1:2/", tmp_path).alone():
            pass
    with rest.alone():
        pass


def test_a_rest_is_never_shortened(tmp_path: Path) -> None:
    """Regression: the short wait between two tries took the place of what was asked for."""
    waits: list[float] = []
    rest = Rest("http://127.0.0.1:1/", tmp_path, waits.append)
    rest.take()
    rest.ask_for(50)
    rest.ask_for(1)
    rest.take()
    assert [round(wait) for wait in waits] == [50]
    rest.ask_for(4000)
    with pytest.raises(BadInput, match="asks to be left alone for 4000 s; run the same command"):
        Rest("http://127.0.0.1:1/", tmp_path).take()
    Rest("http://127.0.0.1:2/", tmp_path).take()


def test_a_note_that_is_none(tmp_path: Path) -> None:
    rest = Rest("http://127.0.0.1:1/", tmp_path)
    rest.ask_for(50)
    (note,) = tmp_path.glob("*.rest")
    note.write_text("later")
    rest.take()


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("0.5", 0.5), ("-5", 0), ("soon", 60), ("nan", 60), ("inf", 60), ("1e999", 60),
     ("", 60), ("Mon, 01 Jan 1990 00:00:00 GMT", 0), ("Mon, 99 Jan 2990 00:00:00 GMT", 60)],
)  # fmt: skip
def test_what_is_told(told: str, seconds: float) -> None:
    assert seconds_of(told) == seconds


def test_a_date() -> None:
    assert 98 <= seconds_of(formatdate(time.time() + 100, usegmt=True)) <= 100
