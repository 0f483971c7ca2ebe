"""Every attack in one run of the real command."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from benchmark.scorers import warm
from tests.faults import test_answers, test_endings, test_frames, test_limits, test_walls
from tests.faults.attack import TOO_LONG, Attack
from tests.faults.conftest import checkout
from tests.faults.test_smuggling import SMUGGLED, smuggle

ROOT = Path(__file__).parents[2]
MODULES = (test_answers, test_endings, test_frames, test_limits, test_walls)
ATTACKS: dict[str, Attack] = {
    name: attack for module in MODULES for name, attack in module.ATTACKS.items()
}
HEALTHY = ("a-healthy-one", "z-healthy-too")


def test_there_are_enough_and_none_hides_another() -> None:
    assert len(ATTACKS) == sum(len(module.ATTACKS) for module in MODULES)
    assert len(ATTACKS) + len(SMUGGLED) >= 70


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_in_one_run_cost_the_healthy_nothing(tmp_path: Path) -> None:
    workspace, gallery = checkout(tmp_path, ATTACKS)
    for name in SMUGGLED:
        smuggle(workspace.submissions, name)
    mark = warm._mark(workspace.cache)  # the measures are compiled by whatever test came first
    mark.parent.mkdir(parents=True)
    mark.touch()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    kept = [
        workspace.leaderboard / kind / "colours" / f"{name}.parquet"
        for kind in ("runs", "scores")
        for name in HEALTHY
    ]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "benchmark", "run", *arguments, "--no-costs"]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(scratch),
        }
        return subprocess.run(
            [*command, "--collection", str(gallery), "--device", "cpu"],
            cwd=workspace.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    alone = run(*HEALTHY)
    assert alone.returncode == 0, alone.stderr
    before, without = _everything(workspace.root), [path.read_bytes() for path in kept]
    with _orphans_come_here():
        running = set(psutil.Process().children(recursive=True))
        done = run("--fresh")
        orphans = set(psutil.Process().children(recursive=True)) - running
        assert [one for one in orphans if one.status() != psutil.STATUS_ZOMBIE] == []
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert [path.read_bytes() for path in kept] == without
    for name in HEALTHY:
        assert re.search(rf"^{name} +confirmed", done.stdout, re.MULTILINE)

    failing = {name for name, attack in ATTACKS.items() if attack.state == "failed"}
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    named = [line.removeprefix("failed: ").partition(":")[0] for line in failed]
    assert sorted(named) == sorted(failing | SMUGGLED.keys())
    assert done.stderr.splitlines()[: len(failed)] == failed  # no failure has a second line
    assert sum(line.endswith(TOO_LONG) for line in failed) == len(
        [attack for attack in ATTACKS.values() if attack.verdict == TOO_LONG]
    )

    scored = {name for name, attack in ATTACKS.items() if attack.state == "scored"}
    left = _everything(workspace.root) - before
    places = {path for path in left if path.parts[0] not in ("leaderboard", ".cimaise")}
    assert places == set()
    assert {path.stem for path in left if path.parts[0] == "leaderboard"} == scored
    assert {path.parts[1] for path in left if path.parts[0] == ".cimaise"} <= {"embeddings"}
    assert list(scratch.iterdir()) == []


def _everything(root: Path) -> set[Path]:
    """Files of the checkout, by their place in it, and of the repository."""
    skipped = {".git", "__pycache__", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    outside = [path for path in ROOT.rglob("*") if not skipped & set(path.parts)]
    inside = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    return {*inside, *outside}


@contextmanager
def _orphans_come_here() -> Iterator[None]:
    """Processes whose parent has ended become this one's children, so that they can be found."""
    adopt = partial(ctypes.CDLL(None).prctl, 36)  # PR_SET_CHILD_SUBREAPER
    assert adopt(1, 0, 0, 0) == 0
    yield
    adopt(0, 0, 0, 0)
