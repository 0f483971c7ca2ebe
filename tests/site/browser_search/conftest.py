"""A tiny checkout of drawn scenes that cimaise-student has been run on, its embeddings kept."""

from __future__ import annotations

import shutil

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.site.browser_search.box import MODEL
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import write_lines, write_queries
from tests.site.laid_docs import ROOT, lay_docs

ATELIER = Workspace(ROOT)
PICTURES = 24
QUERIES = [
    {"_id": "q1", "text": "a horse in the snow", "metadata": {"category": "one", "language": "en"}},
    {"_id": "q2", "text": "un bateau", "metadata": {"category": "one", "language": "fr"}},
]


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A checkout with `PICTURES` pictures of the atelier, two queries, one submission scored."""
    root = tmp_path_factory.mktemp("scenes") / "checkout"
    home = shutil.copytree(ROOT / "submissions" / MODEL, root / "submissions" / MODEL)
    manifest = (home / "submission.toml").read_text().replace('teacher = "cimaise-teacher"\n', "")
    (home / "submission.toml").write_text(manifest.replace("distilled", "baseline"))
    lay_docs(root)
    gallery = root.parent / "scenes"
    gallery.mkdir()
    atelier = find("atelier", ATELIER).open()
    rows = []
    for at in range(PICTURES):
        atelier.image(at).save(gallery / f"{at}.png")
        rows.append({"id": f"s{at:02}", "file_name": f"{at}.png", "title": f"<b>Scene</b> {at}"})
    write_lines(gallery / "metadata.jsonl", rows)
    write_queries(root / "queries" / "scenes", QUERIES, {"q1": {"s01": 3}, "q2": {"s02": 3}})
    workspace = Workspace(root)
    session = Session(workspace, find(str(gallery), workspace), "cpu", fresh=False, trust=True)
    quiet = lambda name: lambda *_: None  # noqa: E731
    outcomes = list(run(session, load_all(workspace.submissions), quiet, costs=False))
    assert [outcome.state for outcome in outcomes] == ["scored"]
    return workspace
