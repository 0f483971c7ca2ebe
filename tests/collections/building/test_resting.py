from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.building.resting import Rest
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
