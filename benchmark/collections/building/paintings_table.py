"""The manifest of a gallery whose pictures are pulled: paintings.parquet, a row a work."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from benchmark.collections.building.works import Work
from benchmark.workspace import replacing

GROUP = 1_000
"""Works of a row group, which is as many as are in memory at once."""
COLUMNS = (
    "id", "title", "title_fr", "artist", "born", "died", "life_source", "date", "year", "style",
    "genre", "medium", "movements", "genres", "materials", "museums", "depicts", "source",
    "retrieved", "file",
)  # fmt: skip
_NUMBERS = ("born", "died", "year")
_LISTS = ("movements", "genres", "materials", "museums", "depicts")


def schema() -> Any:
    """The manifest's columns as an Arrow schema."""
    import pyarrow as pa

    types = dict.fromkeys(_NUMBERS, pa.int32()) | dict.fromkeys(_LISTS, pa.list_(pa.string()))
    return pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])


def write(path: Path, works: Iterable[Work], wrote: Callable[[int], None]) -> int:
    """Write works in the order of their QIDs' numbers, whatever order they come in; says how many.

    Until all have come they wait in a file that has no name; in memory are 16 bytes of each, and
    one row group. `wrote` is told how many have come.
    """
    import pyarrow
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    numbers, starts = array("q"), array("q")
    with TemporaryFile(dir=path.parent) as waiting, replacing(path) as temporary:
        for work in works:
            numbers.append(int(work["id"][1:]))
            starts.append(waiting.tell())
            waiting.write(json.dumps(work).encode() + b"\n")
            wrote(len(numbers))
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        with parquet.ParquetWriter(temporary, schema(), compression="zstd") as table:
            for begin in range(0, len(order), GROUP):
                group = []
                for place in order[begin : begin + GROUP]:
                    waiting.seek(starts[place])
                    group.append(json.loads(waiting.readline()))
                table.write_table(pyarrow.Table.from_pylist(group, schema()))
    return len(order)
