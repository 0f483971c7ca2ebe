"""A page of results is a stranger's file."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmark.collections.building.joined_rows import joined
from benchmark.collections.building.paintings_table import write
from benchmark.collections.building.results_page import Row, rows
from benchmark.errors import BadInput

Q1 = {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}


def page(tmp_path: Path, **said: object) -> Path:
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"results": {"bindings": [{"painting": Q1, **said}]}}))
    return path


def test_what_is_bound(tmp_path: Path) -> None:
    path = page(
        tmp_path,
        title={"type": "literal", "value": " Ann\n at  sea "},
        artist={"type": "uri", "value": "http://www.wikidata.org/.well-known/genid/1"},
        museum={"type": "bnode", "value": "b0"},
        other={"type": "literal", "value": "not asked for"},
    )
    assert rows(path, "page") == [Row(1, {"title": "Ann at sea"})]


def test_an_address_is_no_text(tmp_path: Path) -> None:
    path = page(tmp_path, genre=Q1)
    with pytest.raises(BadInput, match=r"^page, row 1: genre: 'http.*Q1' is an address"):
        rows(path, "page")


def test_half_a_character(tmp_path: Path) -> None:
    """Regression: the manifest could not be written, and the build ended with a traceback."""
    half = {"type": "literal", "value": "a\ud800b"}
    (row,) = rows(page(tmp_path, title=half, file=half), "page")
    assert row.values == {"title": "a?b", "file": "a?b"}
    manifest = tmp_path / "paintings.parquet"
    write(manifest, joined([(row, "2026-01-01")], 1), lambda done: None)
    assert pq.read_table(manifest)["title"].to_pylist() == ["a?b"]
