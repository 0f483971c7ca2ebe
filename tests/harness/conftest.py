from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation import run, working
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.session import Session
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.toys import FUSION, RERANKER

Submit = Callable[..., Path]


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process compiles the measures; no second one beside it."""
    monkeypatch.setattr(working.warm, "start", lambda cache: None)


@pytest.fixture
def session(workspace: Workspace, gallery: Path) -> Callable[..., Session]:
    """A session on the tiny gallery, as a new process would open it."""

    def make(fresh: bool = False, folder: Path = gallery) -> Session:
        return Session(workspace, find(str(folder), workspace), "cpu", fresh, trust=True)

    return make


@pytest.fixture
def run_all(
    workspace: Workspace, session: Callable[..., Session]
) -> Callable[..., dict[str, Outcome]]:
    """Score every submission, or those named; outcome by name."""

    def go(*names: str, **options: object) -> dict[str, Outcome]:
        chosen = load_all(workspace.submissions, list(names) or None)
        quiet = lambda name: lambda stage, done, of: None  # noqa: E731
        return {o.name: o for o in run.run(session(**options), chosen, quiet, costs=False)}

    return go


@pytest.fixture
def fusion(workspace: Workspace, submit: Submit) -> Callable[..., Path]:
    """Add a fusion of submissions."""

    def make(name: str, pipeline: str, inputs: str = '["image", "metadata"]') -> Path:
        folder = submit(name)
        (folder / "encoder.py").unlink()
        text = FUSION.format(name=name, inputs=inputs, pipeline=pipeline)
        (folder / "submission.toml").write_text(text)
        return folder

    return make


@pytest.fixture
def reranker(submit: Submit) -> Path:
    """A re-ranker of the best three that `healthy` finds."""
    return submit("again", RERANKER, more='\n[pipeline]\nfirst = "healthy"\ndepth = 3\n')
