"""A run that is killed goes on where it was; two runs at once do not disturb each other."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmark.harness.evaluation import encode
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.report import CHUNKS
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY

RunAll = Callable[..., dict[str, Outcome]]

ROOT = Path(__file__).parents[3]
SLOW = HEALTHY.replace(
    "    def encode_images(self, images):\n",
    "    def encode_images(self, images):\n        import time; time.sleep(0.25)\n",
)
PROGRAM = """
import sys
from pathlib import Path
from benchmark.collections.registry import find
from benchmark.harness.evaluation import encode, run, session, working
from benchmark.submission import load_all
from benchmark.workspace import Workspace

encode.CHUNK = 1
working.warm.start = lambda cache: None
workspace = Workspace(Path(sys.argv[1]))
here = session.Session(workspace, find(sys.argv[2], workspace), "cpu", fresh=False, trust=True)
slow = load_all(workspace.submissions, ["slow"])
for outcome in run.run(here, slow, lambda name: lambda *s: None, costs=False):
    print(outcome.name, outcome.state, outcome.detail)
"""


def start(workspace: Workspace, gallery: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(workspace.root), str(gallery)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def to_the_end(workspace: Workspace, run_all: RunAll) -> list[tuple[object, ...]]:
    """Run without a kill, in this process, and give the ranked list."""
    assert run_all("slow")["slow"].state in ("scored", "unchanged")
    path = workspace.leaderboard / "runs" / "colours" / "slow.parquet"
    return [tuple(row.values()) for row in pq.read_table(path).to_pylist()]


def finished(workspace: Workspace) -> list[Path]:
    return list(workspace.cache.glob(f"partial/*/{CHUNKS}/*.npy"))


def test_three_kills_lose_a_chunk_each_and_change_nothing(
    workspace: Workspace,
    gallery: Path,
    submit: Callable[..., Path],
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encode, "CHUNK", 1)
    submit("slow", SLOW, batch=1)
    wanted = to_the_end(workspace, run_all)
    shutil.rmtree(workspace.cache)
    shutil.rmtree(workspace.leaderboard)
    rng = random.Random(0)
    kept: list[int] = []
    for _ in range(3):
        running = start(workspace, gallery)
        while running.poll() is None and len(finished(workspace)) <= max(kept, default=0):
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.3))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        if list(workspace.cache.glob("embeddings/*/images.npy")):
            break  # all pictures stand; the rest is quick
        kept.append(len(finished(workspace)))
    assert kept == sorted(kept), "a kill lost a finished chunk"
    assert kept and kept[-1] > 0
    assert to_the_end(workspace, run_all) == wanted
    assert list((workspace.cache / "partial").iterdir()) == []


def test_two_runs_at_once_share_the_work(
    workspace: Workspace, gallery: Path, submit: Callable[..., Path]
) -> None:
    submit("slow", SLOW, batch=1)
    one, other = start(workspace, gallery), start(workspace, gallery)
    for running in (one, other):
        out, err = running.communicate(timeout=120)
        assert out.startswith(("slow scored", "slow confirmed")), out + err
    images = list(workspace.cache.glob("embeddings/*/images.npy"))
    assert len(images) == 1
    assert np.isfinite(np.load(images[0])).all()
    assert list((workspace.cache / "partial").iterdir()) == []
