"""A gallery of four paintings with a catalogue graph, and questions for tuning."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import paint, write_lines
from tests.graph_search import small

DECLARED = """\
name = "tiny"
title = "Tiny"
licence = "CC0-1.0"
judgments = "complete"
[splits]
test = "test"
dev = "dev"
[graph]
catalogue = "catalogue.ttl"
"""
QUERIES = {"q1": "Saint Jerome", "q2": "a hunting dog", "q3": "a church"}
JUDGED = {"q1": "p-lion", "q2": "p-hound", "q3": "p-church"}
"""Of the saint his attribute is wanted, not he: one weight alone brings that."""


def gallery(home: Path) -> Path:
    """Both splits show the same paintings."""
    for split in ("test", "dev"):
        rows = []
        for number, name in enumerate(small.IDS):
            paint(home / split / f"{name}.png", (40 * number, 90, 200), number)
            rows.append({"id": name, "file_name": f"{name}.png", "title": name})
        write_lines(home / split / "metadata.jsonl", rows)
        (home / split / "catalogue.ttl").write_text(small.PREFIXES + small.GRAPH, "utf-8")
        (home / "qrels").mkdir(exist_ok=True)
        lines = "".join(f"{query}\t{painting}\t3\n" for query, painting in JUDGED.items())
        (home / "qrels" / f"{split}.tsv").write_text("query-id\tcorpus-id\tscore\n" + lines)
    asked = [{"_id": name, "text": text} for name, text in QUERIES.items()]
    write_lines(home / "queries.jsonl", asked)
    (home / "collection.toml").write_text(DECLARED)
    return home
