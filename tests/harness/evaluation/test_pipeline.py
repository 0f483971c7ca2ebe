"""Pipelines by the real harness over the tiny gallery: what is asked, kept and said of each."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.results.store import Store
from benchmark.search.fusion import reciprocal_rank_fusion
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.harness.pipelines import asked_of, quiet, stored
from tests.toys import RERANKER, TITLES

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]
Make = Callable[..., Session]


def test_a_fusion_is_of_the_lists_of_its_stages(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("titles", TITLES, "metadata")
    fusion("both", 'fuse = ["healthy", "titles"]\nconstant = 10')
    outcomes = run_all()
    assert {name: outcome.state for name, outcome in outcomes.items()} == dict.fromkeys(
        ("both", "healthy", "titles"), "scored"
    )
    runs = [stored(workspace, name) for name in ("healthy", "titles")]
    expected = reciprocal_rank_fusion(runs, 10, 100)
    found = stored(workspace, "both")
    assert found.ids == expected.ids
    assert found.ids[0][0] == "p-red"
    assert [scores.tolist() for scores in found.scores] == [s.tolist() for s in expected.scores]
    result = Store(workspace.leaderboard).result("colours", "both")
    assert result is not None
    assert (result.about.adapter, result.space, result.cost) == ("pipeline", None, None)


def test_nothing_is_asked_twice_and_a_changed_stage_is_felt(
    workspace: Workspace, reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    assert {outcome.state for outcome in run_all().values()} == {"unchanged"}
    assert asked == []
    encoder = workspace.submissions / "healthy" / "encoder.py"
    encoder.write_text(encoder.read_text() + "\n# changed\n")
    assert {outcome.state for outcome in run_all().values()} == {"scored"}
    assert "rerank" not in asked  # its first stage found the same paintings
    encoder.write_text(encoder.read_text().replace("- 127.3", "- 20.0"))
    before = stored(workspace, "again")
    run_all()
    assert "rerank" in asked
    assert stored(workspace, "again").ids != before.ids


def test_fresh_makes_each_stage_once(
    reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    assert {outcome.state for outcome in run_all(fresh=True).values()} == {"confirmed"}
    assert asked.count("load") == 2
    assert asked.count("rerank") == 4


def test_a_stage_that_fails_costs_the_pipeline_its_row(
    submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("broken", "raise ValueError('no')")
    fusion("both", 'fuse = ["healthy", "broken"]')
    outcomes = run_all()
    assert outcomes["healthy"].state == "scored"
    assert outcomes["both"] == Outcome(
        "both", "failed", "its stage 'broken': ValueError: no (encoder.py, line 1)"
    )


def test_what_stages_require_is_among_the_libraries_of_the_whole(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    """Regression: a fusion named no library that only its stages use."""
    submit("titles", TITLES, "metadata")
    require(workspace.submissions / "titles", f"timm=={version('timm')}")
    fusion("both", 'fuse = ["healthy", "titles"]')
    fusion("all", 'fuse = ["both", "healthy"]')
    assert {outcome.state for outcome in run_all().values()} == {"scored"}
    store = Store(workspace.leaderboard)
    told = {
        name: result.provenance.libraries.get("timm")
        for name in ("healthy", "titles", "both", "all")
        if (result := store.result("colours", name))
    }
    assert told == {"healthy": None} | dict.fromkeys(("titles", "both", "all"), version("timm"))


def test_what_a_stage_requires_must_be_there(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("titles", TITLES, "metadata")
    fusion("both", 'fuse = ["healthy", "titles"]')
    fusion("all", 'fuse = ["both", "healthy"]')
    require(workspace.submissions / "titles", "nowhere==1.0")
    lacks = (
        f"{workspace.submissions / 'titles' / 'submission.toml'}: requires: needs nowhere==1.0, "
        "none is installed; pip install nowhere==1.0"
    )
    said = {name: (one.state, one.detail) for name, one in run_all().items()}
    assert said.pop("healthy")[0] == "scored"
    assert said == dict.fromkeys(("titles", "both", "all"), ("failed", lacks))


def test_the_size_of_the_whole_is_the_sum(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    sized = "\n    def parameters(self):\n        return {'text': 5}\n"
    submit("titles", TITLES + sized, "metadata")
    submit("again", RERANKER + sized, more='\n[pipeline]\nfirst = "titles"\n')
    manifest = workspace.submissions / "again" / "submission.toml"
    manifest.write_text(manifest.read_text().replace('["image"]', '["image", "metadata"]'))
    fusion("all", 'fuse = ["again", "titles", "healthy"]')
    run_all()
    store = Store(workspace.leaderboard)
    kept = {
        name: result.size.bytes_per_painting
        for name in ("titles", "again", "all")
        if (result := store.result("colours", name))
    }
    assert kept == {"titles": None, "again": None, "all": 12}  # those of its one encoder
    sizes = {
        name: result.size.parameters
        for name in ("titles", "again", "all")
        if (result := store.result("colours", name))
    }
    assert sizes == {"titles": {"text": 5}, "again": {"text": 10}, "all": {"text": 10}}


def test_a_pipeline_is_audited(workspace: Workspace, session: Make, reranker: Path) -> None:
    chosen = load_all(workspace.submissions, ["again"])
    (outcome,) = run(session(), chosen, lambda name: quiet, costs=False, audits=True)
    assert outcome.detail.partition("audit: ")[2] in ("holds", "too weak to tell")
    result = Store(workspace.leaderboard).result("colours", "again")
    assert result is not None and result.disguise is not None


def require(folder: Path, requirement: str) -> None:
    path = folder / "submission.toml"
    path.write_text(f'requires = ["{requirement}"]\n' + path.read_text())
