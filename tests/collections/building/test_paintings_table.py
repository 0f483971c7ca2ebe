from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from benchmark.collections.building.joined_rows import joined
from benchmark.collections.building.paintings_table import write
from benchmark.collections.building.results_page import Row


def works(*numbers: int) -> Any:
    return joined(((Row(n, {"title": f"é {n}"}), "2026-11-01") for n in numbers), len(numbers))


def test_works_come_in_the_order_of_their_addresses_and_stand_in_that_of_their_numbers(
    tmp_path: Path,
) -> None:
    told: list[int] = []
    path = tmp_path / "deep/paintings.parquet"
    assert write(path, works(10, 100, 2, 30), told.append) == 4
    table = parquet.read_table(path)
    assert table["id"].to_pylist() == ["Q2", "Q10", "Q30", "Q100"]
    assert table["title"].to_pylist() == ["é 2", "é 10", "é 30", "é 100"]
    assert told == [1, 2, 3, 4]


def test_in_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "paintings.parquet"
    assert write(path, works(*range(2500, 0, -1)), lambda done: None) == 2500
    file = parquet.ParquetFile(path)
    assert [file.metadata.row_group(n).num_rows for n in range(3)] == [1000, 1000, 500]
    ids = file.read(["id"])["id"].to_pylist()
    assert ids == [f"Q{n}" for n in range(1, 2501)]


def test_nothing_is_left_of_what_was_not_finished(tmp_path: Path) -> None:
    def failing() -> Any:
        yield from works(1, 2)
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        write(tmp_path / "paintings.parquet", failing(), lambda done: None)
    assert list(tmp_path.iterdir()) == []
