"""The command line where there is a hub, and where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.workspace import Workspace
from tests.adapters.models import make_open_clip
from tests.conftest import make_waiting
from tests.stand_in_hub import StandInHub


def cimaise(workspace: Workspace, hub: str, *words: str) -> tuple[int, str, str]:
    environment = os.environ | {"HF_ENDPOINT": hub, "COLUMNS": "200", "HF_HUB_DISABLE_XET": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmark", *words],
        cwd=workspace.root,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_run_leaves_it_until_it_is_asked_for(workspace: Workspace, gallery: Path) -> None:
    from shutil import rmtree

    rmtree(workspace.submissions / "healthy")
    hub = StandInHub()
    commit = hub.add("models", "owner/far", make_open_clip(gallery.parent / "tiny"))
    folder = make_waiting(workspace.submissions / "far", commit=commit)
    on = "-c", str(gallery), "--no-costs"
    code, out, told = cimaise(workspace, hub.url, "run", *on)
    assert (code, out) == (0, "")
    assert told.splitlines()[0] == (
        "1 submission waits for a machine with the hub: cimaise run --hub"
    )
    assert hub.fetched == []
    code, out, told = cimaise(workspace, hub.url, "run", "--hub", *on)
    assert code == 0, told
    assert out.startswith("far  scored     ndcg@10 ")
    hub.close()
    code, out, told = cimaise(workspace, hub.url, "check", "far")
    assert code == 0, told  # it is here: no hub is asked
    text = (folder / "submission.toml").read_text()
    (folder / "submission.toml").write_text(text.replace(commit, "1" * 40))
    environment_of_no_network = "http://127.0.0.1:9"
    code, out, told = cimaise(workspace, environment_of_no_network, "check", "far")
    assert code == 2
    assert told.splitlines()[-1].endswith(
        "submissions/far/submission.toml: model.hub: cannot fetch owner/far: no hub can be "
        "reached; run it where there is a network"
    )
