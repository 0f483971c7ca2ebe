"""What is known of each painting of the museum when topics are graded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmark.queries.museum.museum_expressions import Facts
from benchmark.queries.museum.passes import Pass
from benchmark.queries.museum.visual_concepts import Concept, closed

SUBTOPICS = ("painter", "style", "century", "genre")
"""Facts that a good list varies in."""
_NAMES = {"style": "movements", "genre": "genres", "museum": "museums", "material": "materials",
          "depicts": "depicts"}  # fmt: skip


def painting_facts(
    manifest: Path, concepts: Mapping[str, Concept], seen: Pass
) -> dict[str, dict[str, Any]]:
    """Painting -> its facts, as `museum_expressions` asks for them, in the manifest's order.

    `seen`: what was annotated; a painting that was not shows nothing.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in pq.read_table(manifest).to_pylist():
        year = row["year"]
        found[row["id"]] = {
            "shows": closed(concepts, seen.get(row["id"], {})),
            "title": row["title"],
            "year": year,
            "work": [row["id"]],
            "painter": [row["artist"]] if row["artist"] else [],
            "century": [] if year is None else [f"{(year - 1) // 100 + 1}th"],
            **{name: list(row[column] or []) for name, column in _NAMES.items()},
        }
    return found


def occurring(paintings: Iterable[Facts]) -> dict[str, set[str]]:
    """Kind of constraint -> every value that occurs, for checking expressions."""
    found: dict[str, set[str]] = {
        name: set() for name in ("shows", "work", "painter", "century", *_NAMES)
    }
    for painting in paintings:
        for name, values in found.items():
            values.update(painting[name])
    return found
