"""Freezes the museum's queries and grades.

    python -m benchmark.queries.museum.frozen_queries museum-core

reads annotations.jsonl, conversations/annotations.jsonl, the annotation passes and looks.tsv of
queries/museum-core, and writes what `compile` writes; for museum, whose grades follow from facts
alone (`fact_judgments`), without passes and looks, and with the list of works to train on.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from benchmark.collections.declaration import PUBLISHED, ROWS
from benchmark.collections.museum.paths import GALLERY
from benchmark.errors import BadInput, one_line
from benchmark.queries.compile import Grading, freeze
from benchmark.queries.museum import (
    fact_judgments,
    looks,
    museum_expressions,
    training_works,
    visual_concepts,
)
from benchmark.queries.museum.painting_facts import SUBTOPICS, occurring, painting_facts
from benchmark.queries.museum.passes import FOLDER, read_settled
from benchmark.workspace import Workspace, replacing

CORE, MUSEUM = "museum-core", "museum"
_BY_RULE = ("talk-point-", "talk-dev-")
"""Conversations whose grades are the rule's: nobody has looked at them again yet."""

NAMES = (CORE, MUSEUM)


def known_facts(folder: Path) -> dict[str, dict[str, Any]]:
    """The facts of every painting of a museum collection; `folder` holds its queries."""
    if not (folder / FOLDER).is_dir():
        return painting_facts(manifest(folder.name), {}, {})
    concepts = visual_concepts.read(folder / visual_concepts.CSV)
    seen = read_settled(folder / FOLDER, concepts)
    return painting_facts(manifest(folder.name), concepts, seen)


def manifest(name: str) -> Path:
    """Where the facts of a museum collection's paintings are."""
    return PUBLISHED / name / GALLERY / ROWS


def grading(folder: Path, facts: dict[str, dict[str, Any]]) -> Grading:
    """How a museum collection is graded: museum-core by the eye, museum by facts alone."""
    validate = partial(museum_expressions.validate, known=occurring(facts.values()))
    remake = f"python -m benchmark.queries.museum.frozen_queries {folder.name}"
    if folder.name == MUSEUM:
        return Grading(
            fact_judgments.grade,
            validate,
            SUBTOPICS,
            remake=remake,
            complete=False,
            settle=lambda topic, grades: fact_judgments.nearest(topic, grades, facts),
        )
    seen = looks.read(folder / looks.FILE)

    def settle(topic: str, grades: dict[str, int]) -> dict[str, int]:
        return grades if topic.startswith(_BY_RULE) else looks.decided(topic, grades, seen)

    return Grading(museum_expressions.grade, validate, SUBTOPICS, remake=remake, settle=settle)


def splits(facts: dict[str, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Both splits search the same paintings; their topics are apart."""
    return {"test": facts, "dev": facts}


def freeze_training(folder: Path, facts: dict[str, dict[str, Any]]) -> None:
    """Write the works of museum that are free for training; its qrels have to be frozen."""
    works = training_works.untouched(folder, facts, painting_facts(manifest(CORE), {}, {}))
    with replacing(folder / training_works.FILE) as temporary:
        temporary.write_text(training_works.written(works), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    with one_line():
        if len(sys.argv) != 2 or sys.argv[1] not in NAMES:
            raise BadInput("freezing", "names no museum collection", f"use {' or '.join(NAMES)}")
        home = Workspace.find().queries / sys.argv[1]
        facts = known_facts(home)
        freeze(home, splits(facts), grading(home, facts))
        if home.name == MUSEUM:
            freeze_training(home, facts)
