"""What is known of each painting, for measures of variety: from the graph, else the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmark.collections.atelier.pins import GRAPH
from benchmark.collections.base import Collection

PAINTER, MANNER, CENTURY = "painters", "styles", "centuries"

_COLUMNS = {PAINTER: ("artist", "painter", "creator"), MANNER: ("style", "manner", "movement")}
_KINDS = ("genre", "setting", "season", "hour", "weather", "mood", "palette", "figure",
          "manner", "painter", "school", "century")  # fmt: skip


@dataclass(frozen=True)
class Knowledge:
    """`facets`: facet -> painting -> value. `facts`: painting -> all that the graph says of it."""

    facets: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, frozenset[str]]


def knowledge(collection: Collection) -> Knowledge:
    """From the knowledge graph beside the gallery, or else from columns of its metadata.

    A painting without a value has none; `facts` is empty where there is no graph.
    """
    if (collection.folder / GRAPH).is_file():
        from benchmark.collections.atelier.graph import facts, load

        return _of_graph(facts(load(collection.folder)))
    facets: dict[str, dict[str, str]] = {PAINTER: {}, MANNER: {}, CENTURY: {}}
    for painting, row in zip(collection.ids, collection.metadata, strict=True):
        for facet, columns in _COLUMNS.items():
            if value := next((row[name] for name in columns if row.get(name)), ""):
                facets[facet][painting] = value
        if year := re.search(r"\b\d{3,4}\b", row.get("date", "")):
            facets[CENTURY][painting] = str(int(year[0]) // 100 + 1)
    return Knowledge(facets, {})


def _of_graph(found: Mapping[str, Mapping[str, Any]]) -> Knowledge:
    facets = {
        facet: {painting: row[name] for painting, row in found.items() if row[name]}
        for facet, name in ((PAINTER, "painter"), (MANNER, "manner"), (CENTURY, "century"))
    }
    return Knowledge(facets, {painting: _facts(row) for painting, row in found.items()})


def _facts(row: Mapping[str, Any]) -> frozenset[str]:
    """What is so of one painting, each thing with all that it is a kind of, and its colour."""
    said = {f"{kind} {row[kind]}" for kind in _KINDS if row[kind]}
    for thing in row["objects"]:
        said |= {f"shows {name}" for name in (thing["concept"], *thing["broader"])}
        if thing["colour"]:
            said.add(f"{thing['concept']} {thing['colour']}")
    return frozenset(said)
