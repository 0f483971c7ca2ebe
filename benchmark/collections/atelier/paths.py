"""Where the published galleries of the atelier lie, file by file."""

from __future__ import annotations

from pathlib import Path

HOME = Path(__file__).parent
GALLERY = HOME / "gallery"
SPLITS = ("test", "dev")
PAINTINGS, GRAPH, CATALOGUE = "paintings.parquet", "graph.ttl", "catalogue.ttl"


def graph_of(split: str) -> Path:
    """The exhaustive graph of a gallery: everything that its pictures show."""
    return GALLERY / split / GRAPH
