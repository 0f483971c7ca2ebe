"""What became of each row of a data set, a line a row, so that a build can go on where it ended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmark.errors import BadInput
from benchmark.parsing import json_object
from benchmark.workspace import replacing


class KeptRows:
    """A file of JSON lines: what is built from what, then each row as it is kept or why not.

    A line that a crash cut is taken away. `rows` have been seen, `ids` are kept. Raises BadInput
    where the file is of another build, or broken.
    """

    def __init__(self, path: Path, source: Mapping[str, str]) -> None:
        self.path = path
        self.rows, self.ids, self.left_out = 0, set[str](), Counter[str]()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as stream:
            stream.seek(0)
            whole = 0
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
            stream.truncate(whole)
        lines = self._lines()
        begun = next(lines, None)
        if begun is None:
            self._append(dict(source))
        elif begun != dict(source):
            problem = "was begun from another source, or with other columns"
            raise BadInput(path.parent, problem, "remove it, or build in another: --to")
        for row in lines:
            self._count(row)

    def keep(self, row: dict[str, Any]) -> None:
        """The next row, with its `id`."""
        self._count(row)
        self._append(row)

    def leave_out(self, why: str) -> None:
        """The next row is not kept."""
        self.keep({"left_out": why})

    def write(self, path: Path) -> None:
        """All rows that are kept, as metadata.jsonl has them."""
        with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as stream:
            lines = self._lines()
            next(lines)
            for row in lines:
                if "id" in row:
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _count(self, row: dict[str, Any]) -> None:
        self.rows += 1
        if "id" in row:
            self.ids.add(row["id"])
        else:
            self.left_out[row["left_out"]] += 1

    def _append(self, row: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")

    def _lines(self) -> Iterator[dict[str, Any]]:
        with self.path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                where = f"{self.path}:{number}"
                try:
                    row = json_object(where, line)
                except BadInput:
                    raise BadInput(where, "is not JSON", "remove the folder") from None
                if number > 1 and not isinstance(row.get("id", row.get("left_out")), str):
                    raise BadInput(where, "is no row of a build", "remove the folder")
                yield row
