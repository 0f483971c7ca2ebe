"""The columns of a table of paintings without pictures: one row of facts a painting."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _MANY, _YEAR = pa.string(), pa.list_(pa.string()), pa.int32()
SCHEMA = pa.schema([
    ("id", _TEXT), ("title", _TEXT), ("title_fr", _TEXT), ("artist", _TEXT), ("born", _YEAR),
    ("died", _YEAR), ("life_source", _TEXT), ("date", _TEXT), ("year", _YEAR), ("style", _TEXT),
    ("genre", _TEXT), ("medium", _TEXT), ("movements", _MANY), ("genres", _MANY),
    ("materials", _MANY), ("museums", _MANY), ("depicts", _MANY), ("source", _TEXT),
    ("retrieved", _TEXT), ("file", _TEXT),
])  # fmt: skip
"""title_fr, style, genre, medium, date, retrieved and file are "" where not known. A date is
1447, 1412-1420 or "1st century", `year` its first year, null where the table's cannot be right.
`born` and `died` are null for several painters too."""
