"""The command line where there is a hub, and where there is none."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import pytest

from benchmark.workspace import Workspace
from tests.adapters.models import make_open_clip
from tests.cli.test_commands import called
from tests.conftest import compiled, make_waiting
from tests.stand_in_hub import StandInHub


@pytest.mark.slow
def test_run_leaves_it_until_it_is_asked_for(
    workspace: Workspace, gallery: Path, hub: StandInHub
) -> None:
    def cimaise(*words: str) -> tuple[int, str, str]:
        done = called(*words, at=workspace.root, columns=200)
        return done.returncode, done.stdout, done.stderr

    compiled(workspace)
    rmtree(workspace.submissions / "healthy")
    commit = hub.add("models", "owner/far", make_open_clip(gallery.parent / "tiny"))
    folder = make_waiting(workspace.submissions / "far", commit=commit)
    on = "-c", str(gallery), "--no-costs"
    code, out, told = cimaise("run", *on)
    assert (code, out) == (0, "")
    assert told.splitlines()[0] == (
        "1 submission waits for a machine with the hub: cimaise run --hub"
    )
    assert hub.fetched == []
    code, out, told = cimaise("run", "--hub", *on)
    assert code == 0, told
    assert out.startswith("far  scored     ndcg@10 ")
    hub.close()
    code, out, told = cimaise("check", "far")
    assert code == 0, told  # it is here: no hub is asked
    text = (folder / "submission.toml").read_text()
    (folder / "submission.toml").write_text(text.replace(commit, "1" * 40))
    code, out, told = cimaise("check", "far")
    assert code == 2
    assert told.splitlines()[-1].endswith(
        "submissions/far/submission.toml: model.hub: cannot fetch owner/far: no hub can be "
        "reached; run it where there is a network"
    )
