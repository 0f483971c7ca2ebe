"""Where the code of each stage begins, and which files it reaches cannot change what comes out.

submission -> embeddings -> run -> scores -> section of a result; beside them space, costs, audits.
"""

from __future__ import annotations

from typing import NamedTuple

from benchmark.plugins import modules


class Stage(NamedTuple):
    """`first`: files whose imports are followed; `without`: beginnings of names not followed."""

    first: tuple[str, ...]
    without: tuple[str, ...]


_SPEAKS = (
    "__init__.py",  # says the version
    "errors.py",
    "parsing.py",
    "plugins.py",
    "named_files.py",
    "submission_files.py",
    "tables.py",
    "workspace.py",
    "declared/",
)
"""Refuses, names and puts down; what it lets pass, passes as it is."""

_NAMES = ("results/cost.py", "results/schema.py", "harness/evaluation/report.py")
"""Says what fields and files are called; a stored result names the version of its own."""

_OPENS = (
    "collections/base.py",
    "collections/declaration.py",
    "collections/decoding.py",
    "collections/folder.py",
    "collections/hub.py",
    "collections/pins.py",
    "collections/registry.py",
)
"""Finds and opens collections; what is in them has a digest of its own."""

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
        "submission.py",  # for the model table alone, which is put beside as it was understood
    ),
)
"""With the file of one adapter."""

PULLED = Stage(
    first=("collections/pulled_folder.py",),
    without=(*_SPEAKS, *_OPENS, "collections/pulled.py"),  # the pictures have a digest
)
"""Ids, their order and metadata, where pictures are pulled: beside what encodes."""

JOIN = Stage(
    first=tuple(f"harness/evaluation/{name}.py" for name in ("fusing", "pipeline", "reranking")),
    without=(*_SPEAKS, *_NAMES, "records.py", "adapters/", "collections/", "harness/", "queries/",
             "results/", "scorers/", "statistics.py", "submission.py", "tasks/"),
)  # fmt: skip
"""What joins the submissions of a pipeline, and is none of what each of them does."""

RERANK, CAPTION = (
    Stage(
        first=(f"harness/evaluation/{name}.py",),
        without=(*_SPEAKS, *_NAMES, "records.py", "collections/", "harness/", "results/",
                 "scorers/", "search/", "submission.py"),
    )
    for name in ("reranking", "captioning")
)  # fmt: skip

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

SIMILARITY = Stage(
    first=("harness/evaluation/ranked.py",),
    without=(*RANK.without, "harness/evaluation/rank.py", "search/exact.py"),
)
"""What ranks by another similarity than the inner product, beside RANK: it is of those submissions
alone that name one."""


def families() -> list[str]:
    """Files of scorers/ with measures that are computed from runs; no other is imported by it."""
    return [name for name in modules("benchmark.scorers") if name not in ("geometry", "measures")]


def family(name: str) -> Stage:
    """One family of measures."""
    return Stage(first=(f"scorers/{name}.py",), without=(*_SPEAKS, *_OPENS))


SECTION = Stage(
    first=(
        "tasks/__init__.py",
        *(f"tasks/{name}.py" for name in modules("benchmark.tasks")),
        "conversing/",
    ),
    without=(
        *_SPEAKS,
        *_NAMES,
        *_OPENS,
        "records.py",
        "queries/",
        "scorers/",
        "search/",
        "tasks/_embeddings.py",
    ),
)

SPACE = Stage(
    first=(
        "tasks/_embeddings.py",
        "tasks/_talks.py",
        "conversing/",
        *(f"scorers/{name}.py" for name in ("geometry", "relevance", "subtopics", "variety")),
    ),
    without=(*_SPEAKS, *_NAMES, *_OPENS, "records.py"),
)
"""What embeddings show beside the lists they give: their shape, and measures of other lists."""

COSTS = Stage(
    first=("harness/isolation/", "harness/profiling/", "harness/worker/"),
    without=(
        *_SPEAKS,
        *_NAMES,
        *(
            name
            for name in _OPENS
            if name not in ("collections/base.py", "collections/decoding.py")
        ),
        "collections/graph.py",
        "collections/knowledge.py",
        "records.py",
        "harness/evaluation/cache.py",
        "results/",
        "scorers/",
        "submission.py",
    ),
)
"""With the file of one adapter."""

AUDITS = Stage(
    first=("queries/fresh_gallery.py", "results/audit.py", "scorers/relevance.py"),
    without=(
        *_SPEAKS,
        *_NAMES,
        "records.py",
        *_OPENS,
        "conversing/",  # talks are in no audit
        "results/comparison.py",
        "results/provenance.py",
        "results/self_reported.py",
    ),
)
"""With the tables of the atelier's world."""
