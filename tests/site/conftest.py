"""A tiny scored checkout, some of its results changed by hand, and its built site."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.results.store import Store
from benchmark.site.build import build
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import (
    CONSTANT,
    QRELS,
    QUERIES,
    make_gallery,
    make_submission,
    make_waiting,
    write_queries,
)
from tests.results.made import COST
from tests.site import strangers, two_boards
from tests.site.laid_docs import lay_docs

CARD = """# Title

## How

By mean colour.<script>alert(1)</script> [x](javascript:alert(2)) [recipe](recipe.toml)
![far](https://elsewhere.example/x.png)</div>

```bash
# a remark, no heading
```
"""
PUPIL = {
    "role": "distilled",
    "teacher": "healthy",
    "training_data": ["colours (its own)", "Fields https://fields.example/about"],
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a checkout with eight paintings, two submissions and four queries."""
    root = tmp_path_factory.mktemp("site") / "checkout"
    make_submission(root / "submissions" / "healthy")
    make_submission(root / "submissions" / "constant", CONSTANT)
    (root / "submissions/healthy/README.md").write_text(CARD)
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    lay_docs(root)
    workspace = Workspace(root)
    place = find(str(make_gallery(root.parent / "colours")), workspace)
    quiet = lambda name: lambda *_: None  # noqa: E731
    session = Session(workspace, place, "cpu", fresh=False, trust=True)
    outcomes = list(run(session, load_all(workspace.submissions), quiet, costs=False))
    assert [outcome.state for outcome in outcomes] == ["scored", "scored"]
    _change_by_hand(Store(workspace.leaderboard))
    make_waiting(root / "submissions" / "far")
    return build(workspace, root / "site")


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site where every string is a harmless word."""
    return strangers.made(tmp_path_factory.mktemp("harmless") / "checkout", strangers.harmless)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site where every string is an attack."""
    return strangers.made(tmp_path_factory.mktemp("hostile") / "checkout", strangers.attack)


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two boards, with the pictures of one not at hand."""
    with pytest.MonkeyPatch.context() as patch:
        made = two_boards.made(tmp_path_factory.mktemp("two"), patch)
        bare = two_boards.without_pictures(made, made.root.parent / "bare")
        return build(bare, bare.root / "site")


def _change_by_hand(store: Store) -> None:
    """`healthy` has parameters, `constant` ran on another machine, `early` on other judgments."""
    healthy, constant = (store.result("colours", name) for name in ("healthy", "constant"))
    assert healthy is not None and constant is not None
    size = healthy.size.model_copy(update={"parameters": {"image": 2_500_000}, "counted": True})
    machine = COST.hardware.model_copy(update={"processor": "Abacus", "cores": 1})
    abacus = COST.model_copy(update={"hardware": machine, "marks": []})
    pupil = constant.about.model_copy(update=PUPIL)
    asked = healthy.queries.model_copy(update={"qrels_digest": "0" * 64})
    for result in (
        healthy.model_copy(update={"size": size, "cost": COST}),
        constant.model_copy(update={"cost": abacus, "about": pupil}),
        healthy.model_copy(update={"submission": "early", "queries": asked}),
    ):
        kept = "healthy" if result.submission == "early" else result.submission
        store.write(result, store.run("colours", kept), store.scores("colours", kept))
