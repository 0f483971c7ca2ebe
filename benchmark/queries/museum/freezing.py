"""Freezes the museum's queries and grades.

    python -m benchmark.queries.museum.freezing museum-core

reads annotations.jsonl, conversations/annotations.jsonl, the annotation passes and looks.tsv of
queries/museum-core, and writes what `compile` writes; for museum, whose grades follow from facts
alone, without passes and looks.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from benchmark.collections.declaration import PUBLISHED
from benchmark.errors import BadInput, one_line
from benchmark.queries.compile import Grading, freeze
from benchmark.queries.museum import looks, museum_expressions, visual_concepts
from benchmark.queries.museum.painting_facts import SUBTOPICS, occurring, painting_facts
from benchmark.queries.museum.passes import FOLDER, read_settled
from benchmark.workspace import Workspace

NAMES = ("museum-core", "museum")


def known_facts(folder: Path) -> dict[str, dict[str, Any]]:
    """The facts of every painting of a museum collection; `folder` holds its queries."""
    manifest = PUBLISHED / folder.name / "gallery" / "test" / "paintings.parquet"
    if not (folder / FOLDER).is_dir():
        return painting_facts(manifest, {}, {})
    concepts = visual_concepts.read(folder / visual_concepts.CSV)
    return painting_facts(manifest, concepts, read_settled(folder / FOLDER, concepts))


def grading(folder: Path, facts: dict[str, dict[str, Any]]) -> Grading:
    """How a museum collection is graded: by the eye where there are annotations."""
    validate = partial(museum_expressions.validate, known=occurring(facts.values()))
    remake = f"python -m benchmark.queries.museum.freezing {folder.name}"
    seen = looks.read(folder / looks.FILE)
    return Grading(museum_expressions.grade, validate, SUBTOPICS, remake=remake,
                   settle=lambda topic, grades: looks.decided(topic, grades, seen))  # fmt: skip


def splits(facts: dict[str, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Both splits search the same paintings; their topics are apart."""
    return {"test": facts, "dev": facts}


if __name__ == "__main__":
    with one_line():
        if len(sys.argv) != 2 or sys.argv[1] not in NAMES:
            raise BadInput("freezing", "names no museum collection", f"use {' or '.join(NAMES)}")
        home = Workspace.find().queries / sys.argv[1]
        facts = known_facts(home)
        freeze(home, splits(facts), grading(home, facts))
