"""A checkout with two published galleries, one pulled and one drawn, and results on both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.collections.pins import pin
from benchmark.collections.registry import find
from benchmark.records import Interval, Run
from benchmark.results.store import Store
from benchmark.scorers.measures import MEASURES
from benchmark.workspace import Workspace
from tests.conftest import make_gallery, make_submission, write_lines, write_queries
from tests.pulled_gallery import IDS, publish, pull
from tests.results.made import as_now, changed, result
from tests.site.laid_docs import lay_docs

TOPICS = 12
REAL = {"chance": 0.1, "drawer": 0.1, "reader": 0.6, "seer": 0.8}
"""Submission -> its value on each topic, but for a little."""
DRAWN = {"chance": 0.1, "drawer": 0.9, "reader": 0.2, "seer": 0.7}
NOTED = {"licence": "CC BY 4.0", "artist": "Bob", "file_title": "File:A scan.jpg"}

DRAWN_DECLARATION = """name = "painted"
title = "Eight colours, drawn"
licence = "CC0-1.0"
judgments = "complete"
board = 2

[splits]
test = "test"
"""


def made(root: Path, patch: pytest.MonkeyPatch) -> Workspace:
    """Published until `patch` is undone."""
    workspace = Workspace(root / "checkout")
    published = root / "published"
    hall = publish(workspace, published, patch)
    rows = [
        {
            "id": name,
            "title": f"Title {name}",
            "artist": "Ann",
            "style": "fauve",
            "museums": ["Tate"],
            "file": "A file.jpg",
        }
        for name in IDS
    ]
    pq.write_table(pa.Table.from_pylist(rows), hall / "gallery/test/paintings.parquet")
    pin(hall)
    painted = published / "painted"
    make_gallery(painted / "test")
    (painted / "collection.toml").write_text(DRAWN_DECLARATION)
    pin(painted)
    lay_docs(workspace.root)
    for name in REAL:
        make_submission(workspace.submissions / name)
    pull(workspace)
    _score(workspace, "hall", IDS, REAL)
    paintings = find("painted", workspace).open().ids
    _score(workspace, "painted", paintings, DRAWN)
    note(workspace, NOTED)
    return workspace


def note(workspace: Workspace, said: Mapping[str, str]) -> None:
    """What a server says of every picture that was pulled."""
    path = workspace.cache / "pictures/hall/mirror-512/pulled.jsonl"
    rows = [json.loads(line) | said for line in path.read_text().splitlines()]
    write_lines(path, rows)


def without_pictures(workspace: Workspace, root: Path) -> Workspace:
    """A clone of it, on a machine to which nothing was pulled."""
    shutil.copytree(workspace.root, root, symlinks=True)
    shutil.rmtree(root / ".cimaise/pictures")
    return Workspace(root)


def _score(
    workspace: Workspace, name: str, paintings: tuple[str, ...], values: Mapping[str, float]
) -> None:
    ids = tuple(f"q{n}" for n in range(TOPICS))
    asked = [{"_id": query, "text": f"words of {query}"} for query in ids]
    write_queries(workspace.queries / name, asked, {q: {paintings[0]: 3} for q in ids})
    place, store = find(name, workspace), Store(workspace.leaderboard)
    run = Run(
        ids,
        (paintings,) * TOPICS,
        (np.linspace(1, 0.5, len(paintings), dtype=np.float32),) * TOPICS,
    )
    wobble = np.random.default_rng(len(name)).uniform(-0.05, 0.05, (len(values), TOPICS))
    for (submission, mean), off in zip(values.items(), wobble, strict=True):
        scores = dict(zip(ids, (mean + off).tolist(), strict=True))
        main = Interval(mean=mean + off.mean(), low=mean - 0.05, high=mean + 0.05)
        one = as_now(result(submission), place)
        one = changed(one, measures=one.measures | {"ndcg@10": main})
        about = {"inputs": ["metadata" if submission == "reader" else "image"]}
        one = one.model_copy(
            update={
                "about": one.about.model_copy(update=about),
                "pictures": place.pictures(),
            }
        )
        store.write(one, run, {measure.name: scores for measure in MEASURES})
