"""The manifest of a gallery whose pictures are pulled: paintings.parquet, a row a work."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile

import pyarrow
from pyarrow import parquet

from benchmark.collections.building.joined_rows import Work
from benchmark.collections.manifest_columns import SCHEMA
from benchmark.workspace import replacing

GROUP = 1_000
"""Works of a row group, which is as many as are in memory at once."""


def write(path: Path, works: Iterable[Work], wrote: Callable[[int], None]) -> int:
    """Write works in the order of their QIDs' numbers, whatever order they come in; says how many.

    Until all have come they wait in a file that has no name; in memory are 16 bytes of each, and
    one row group. `wrote` is told how many have come.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers, starts = array("q"), array("q")
    with TemporaryFile(dir=path.parent) as waiting, replacing(path) as temporary:
        for work in works:
            numbers.append(int(work["id"][1:]))
            starts.append(waiting.tell())
            waiting.write(json.dumps(work).encode() + b"\n")
            wrote(len(numbers))
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        with parquet.ParquetWriter(temporary, SCHEMA, compression="zstd") as table:
            for begin in range(0, len(order), GROUP):
                group = []
                for place in order[begin : begin + GROUP]:
                    waiting.seek(starts[place])
                    group.append(json.loads(waiting.readline()))
                table.write_table(pyarrow.Table.from_pylist(group, SCHEMA))
    return len(order)
