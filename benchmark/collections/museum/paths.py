"""Where the museum's two galleries and the tables that they follow from lie."""

from __future__ import annotations

from pathlib import Path

MUSEUM = Path(__file__).parent
CORE = MUSEUM.parent / "museum-core"
TABLES = MUSEUM / "tables"
"""What the galleries follow from and no model may see."""
GALLERY = "gallery/test"
"""Folder of both splits in a collection: dev and test differ in topics, not in paintings."""
CATALOGUE = "catalogue.ttl"
FACTS = "facts.ttl"
LEFT_OUT = "left_out.csv"
