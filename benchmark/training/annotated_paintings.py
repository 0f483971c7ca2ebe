"""What was seen in real paintings by looking at them, for training: queries/training-paintings."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import text_lines
from benchmark.queries.museum.visual_concepts import Concept, closed

NAME = "annotations.csv"
_COLUMNS = ("file", "title", "artist", "date", "style", "genre", "concepts", "en", "fr")
_MAIN = "*"
"""Ends a concept that is what the picture is of, or strikes the eye."""


@dataclass(frozen=True)
class AnnotatedPainting:
    """A file's name, facts of the work (empty where not known), and what was seen in it."""

    file: str
    facts: tuple[str, ...]
    """Title, artist, style, genre: those that are known."""
    seen: dict[str, int]
    """Concept, and all broader ones -> 2 (main) or 1 (present)."""
    captions: tuple[str, str]
    """English, French."""


def read(path: Path, concepts: dict[str, Concept]) -> list[AnnotatedPainting]:
    """In file order. Raises BadInput naming the line."""
    rows = csv.DictReader(text_lines(path))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise BadInput(f"{path}:1", "has other columns", f"give {', '.join(_COLUMNS)}")
    found: list[AnnotatedPainting] = []
    for row in rows:
        where = f"{path}:{rows.line_num}"
        if None in row or None in row.values():
            raise BadInput(where, "has more or fewer columns than the first line", "mend it")
        words = row["concepts"].split()
        said = {one.rstrip(_MAIN): 2 if one.endswith(_MAIN) else 1 for one in words}
        if unknown := next((one for one in said if one not in concepts), None):
            raise BadInput(where, f"concepts: '{unknown}' is not in the vocabulary", "mend it")
        facts = tuple(row[key] for key in ("title", "artist", "style", "genre") if row[key])
        captions = (row["en"], row["fr"])
        found.append(AnnotatedPainting(row["file"], facts, closed(concepts, said), captions))
    return found
