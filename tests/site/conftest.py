"""A tiny scored checkout and its built site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness.run import Session
from benchmark.site.build import build
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import CONSTANT, QRELS, QUERIES, make_gallery, make_submission, write_queries

CARD = """# Title

## How

By mean colour.<script>alert(1)</script> [x](javascript:alert(2))
"""
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a checkout with eight paintings, two submissions and four queries."""
    root = tmp_path_factory.mktemp("site") / "checkout"
    make_submission(root / "submissions" / "healthy")
    make_submission(root / "submissions" / "constant", CONSTANT)
    (root / "submissions/healthy/README.md").write_text(
        "# Title\n\n## How\n\nBy mean colour.<script>alert(1)</script> [x](javascript:alert(2))\n"
    )
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    for name in ("docs", "benchmark"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    workspace = Workspace(root)
    place = find(str(make_gallery(root.parent / "colours")), workspace)
    session = Session(workspace, place, "cpu", fresh=False)
    outcomes = list(session.run(load_all(workspace.submissions), lambda name: lambda *_: None))
    assert [outcome.state for outcome in outcomes] == ["scored", "scored"]
    return build(workspace, root / "site")
