"""What has yet to be fetched from a hub waits, unless it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.adapters.models import make_open_clip
from tests.conftest import make_waiting
from tests.stand_in_hub import StandInHub

FUSION = """name = "both"
title = "Both"
summary = "A test."
role = "hybrid"
inputs = ["image"]
licence = "Apache-2.0"

[pipeline]
fuse = ["far", "healthy"]
"""


def outcomes(workspace: Workspace, gallery: Path, fetch: bool) -> dict[str, Outcome]:
    place = find(str(gallery), workspace)
    session = Session(workspace, place, "cpu", fresh=False, trust=True)
    chosen = load_all(workspace.submissions)
    found = run(session, chosen, lambda name: lambda *_: None, costs=False, fetch=fetch)
    return {outcome.name: outcome for outcome in found}


def test_what_is_not_here_waits_and_so_does_what_stands_on_it(
    workspace: Workspace, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_waiting(workspace.submissions / "far")
    (workspace.submissions / "both").mkdir()
    (workspace.submissions / "both" / "submission.toml").write_text(FUSION)
    (workspace.submissions / "both" / "README.md").write_text("# Both\n")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody is asked
    found = outcomes(workspace, gallery, fetch=False)
    assert {name: one.state for name, one in found.items()} == {
        "both": "waits",
        "far": "waits",
        "healthy": "scored",
    }
    assert found["far"].detail == ""
    assert not (workspace.leaderboard / "results" / "colours" / "far.json").exists()


@pytest.mark.slow
def test_once_it_is_scored_its_result_stays_though_its_weights_go(
    hub: StandInHub, workspace: Workspace, gallery: Path, tmp_path: Path
) -> None:
    commit = hub.add("models", "owner/far", make_open_clip(tmp_path / "tiny"))
    make_waiting(workspace.submissions / "far", commit=commit)
    assert outcomes(workspace, gallery, fetch=True)["far"].state == "scored"
    assert outcomes(workspace, gallery, fetch=False)["far"].state == "unchanged"
    result = workspace.leaderboard / "results" / "colours" / "far.json"
    before = result.read_bytes()
    workspace.cache.rename(tmp_path / "elsewhere")  # as in a fresh clone
    assert outcomes(workspace, gallery, fetch=False)["far"].state == "waits"
    assert result.read_bytes() == before
