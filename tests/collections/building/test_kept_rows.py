"""What a build notes of each row, as a hand or a crash may leave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.building.kept_rows import KeptRows
from benchmark.errors import BadInput


def test_notes_are_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    kept = KeptRows(path, {"source": "s"})
    kept.keep({"id": "a"})
    kept.leave_out("why")
    again = KeptRows(path, {"source": "s"})
    assert (again.rows, again.ids, dict(again.left_out)) == (2, {"a"}, {"why": 1})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"[]", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"{}", "is no row of a build"),
        (b'{"id": ["a"]}', "is no row of a build"),
        (b'{"left_out": 7}', "is no row of a build"),
    ],
)
def test_a_line_that_is_none(tmp_path: Path, line: bytes, problem: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"source": "s"}\n' + line + b"\n")
    with pytest.raises(BadInput) as caught:
        KeptRows(path, {"source": "s"})
    assert str(caught.value) == f"{path}:2: {problem}; remove the folder"
