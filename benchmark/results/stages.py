"""Where the code of each stage begins, and which files it reaches cannot change what comes out.

submission -> embeddings -> run -> scores -> section of a result; beside them space, costs, audits.
"""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """`first`: files whose imports are followed; `without`: beginnings of names not followed."""

    first: tuple[str, ...]
    without: tuple[str, ...]


_SPEAKS = (
    "errors.py",
    "parsing.py",
    "plugins.py",
    "submission_files.py",
    "workspace.py",
    "declared/",
)
"""Refuses, names and puts down; what it lets pass, passes as it is."""

_NAMES = ("results/cost.py", "results/schema.py", "harness/evaluation/report.py")
"""Says what fields and files are called; a stored result names the version of its own."""

ENCODE = Stage(
    first=(
        "collections/folder.py",  # ids, their order and metadata
        "harness/evaluation/encode.py",
        "harness/evaluation/index.py",
        "harness/isolation/model.py",
        "harness/worker/",
    ),
    without=(
        *_SPEAKS,
        *_NAMES,
        "records.py",
        "harness/isolation/",  # walls, limits and channel: an answer passes whole, or none does
        "scorers/",  # for the depth of lists alone, which is put beside
        "submission.py",  # for the model table alone, which is put beside as it was understood
    ),
)
"""With the file of one adapter."""

RANK = Stage(
    first=("harness/evaluation/rank.py",),
    without=(
        *_SPEAKS,
        *_NAMES,
        "collections/",
        "harness/evaluation/cache.py",
        "results/",  # reads and writes what was ranked
        "scorers/",
    ),
)

FAMILIES = ("exposure", "relevance", "sessions", "subtopics", "variety")
"""Files of scorers/ whose measures are computed from runs."""


def family(name: str) -> Stage:
    """One family of measures."""
    return Stage(
        first=(f"scorers/{name}.py",),
        without=(*_SPEAKS, "collections/base.py", "collections/atelier/pins.py"),
    )


SECTION = Stage(
    first=("results/scoring.py",),
    without=(*_SPEAKS, *_NAMES, "records.py", "collections/", "queries/", "scorers/"),
)

SPACE = Stage(
    first=("harness/evaluation/space.py",),
    without=(
        *_SPEAKS,
        *_NAMES,
        "records.py",
        "collections/",
        "harness/evaluation/cache.py",
        "harness/evaluation/session.py",
        "queries/",
        "results/store.py",
    ),
)

COSTS = Stage(
    first=("harness/isolation/", "harness/profiling/", "harness/worker/"),
    without=(
        *_SPEAKS,
        *_NAMES,
        "records.py",
        "harness/evaluation/cache.py",
        "results/",
        "scorers/measures.py",
        "scorers/relevance.py",
        "submission.py",
    ),
)
"""With the file of one adapter."""

AUDITS = Stage(
    first=("queries/fresh.py", "results/audit.py"),
    without=(
        *_SPEAKS,
        *_NAMES,
        "records.py",
        "collections/base.py",
        "collections/folder.py",
        "collections/hub.py",
        "collections/registry.py",
        "collections/atelier/pins.py",
        "results/comparison.py",
        "results/provenance.py",
        "results/self_reported.py",
    ),
)
"""With the tables of the atelier's world."""
