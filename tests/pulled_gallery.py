"""A published collection of five paintings whose pictures are pulled, and pictures for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.collections import declaration
from benchmark.collections.pins import pin
from benchmark.workspace import Workspace
from tests.conftest import COLOURS, paint, write_lines, write_queries

NAME = "hall"
IDS = ("Q1", "Q2", "Q3", "Q4", "Q5")
SHOWN = dict(zip(IDS, ("red", "green", "blue", "yellow", "white"), strict=True))
MIRROR, COMMONS = ("mirror, 512 px", "mirror-512"), ("Commons, 500 px", "commons-500")

DECLARATION = """name = "hall"
title = "Five colours, pulled"
licence = "CC0-1.0"
judgments = "complete"
pictures = "pulled"
board = 1
private = ["gallery"]

[splits]
test = "gallery/test"
dev = "gallery/test"

[facets]
painter = "artist"
style = "style"

[graph]
facts = "facts.ttl"
"""
QUERIES = [
    {"_id": "q1", "text": "a red field", "metadata": {"category": "one", "language": "en"}},
    {"_id": "q2", "text": "white and yellow", "metadata": {"category": "two", "language": "en"}},
    {"_id": "d1", "text": "a blue field", "metadata": {"category": "one", "language": "en"}},
]
QRELS = {"q1": {"Q1": 3, "Q4": 1}, "q2": {"Q5": 3, "Q4": 2}}


def make(collections: Path, queries: Path) -> Path:
    """Its folder and its queries, of which `d1` is for tuning."""
    home = collections / NAME
    gallery = home / "gallery" / "test"
    gallery.mkdir(parents=True)
    (home / "collection.toml").write_text(DECLARATION)
    rows = [
        {
            "id": name,
            "title": f"A {colour} field",
            "artist": "Ann" if colour < "h" else "Bob",
            "style": "fauve",
            "year": 1905,
            "depicts": [colour],
        }
        for name, colour in SHOWN.items()
    ]
    pq.write_table(pa.Table.from_pylist(rows), gallery / "paintings.parquet")
    (gallery / "facts.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n")
    write_queries(queries / NAME, QUERIES, QRELS)
    dev = "query-id\tcorpus-id\tscore\nd1\tQ3\t3\n"
    (queries / NAME / "qrels" / "dev.tsv").write_text(dev)
    pin(home)
    return home


def publish(workspace: Workspace, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """The same as the only published collection, for one test."""
    patch.setattr(declaration, "PUBLISHED", folder)
    # Where a gallery was set up before, it is read anew already.
    bare = getattr(declaration.published, "__wrapped__", declaration.published)
    patch.setattr(declaration, "published", bare)
    return make(folder, workspace.queries)


def pull(
    workspace: Workspace,
    source: tuple[str, str] = MIRROR,
    of: Iterable[str] = IDS,
    seed: int = 0,
) -> Path:
    """Put pictures where pulled ones lie, and note that they are those in use."""
    name, slug = source
    folder = workspace.cache / "pictures" / NAME / slug
    notes = []
    for number, painting in enumerate(of):
        path = folder / f"{painting}.png"
        paint(path, COLOURS[SHOWN[painting]], seed + number)
        data = path.read_bytes()
        notes.append(
            {
                "id": painting,
                "file": path.name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
                "width": 10,
                "height": 12,
                "from": "test",
                "file_title": f"File:{painting}.png",
                "licence": "Public domain" if painting != "Q5" else "CC BY 4.0",
                "artist": "Ann",
                "pulled": "2026-01-01",
            }
        )
    write_lines(folder / "pulled.jsonl", notes)
    gone = [{"id": name, "why": "no picture"} for name in IDS if name not in of]
    write_lines(folder / "missing.jsonl", gone)
    (folder.parent / "current.json").write_text(json.dumps({"source": name, "slug": slug}))
    return folder
