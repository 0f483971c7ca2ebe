"""All attacks in one run of the real command, beside healthy submissions."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

from benchmark.harness.evaluation.run import Outcome
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.submission import load
from benchmark.workspace import Workspace
from tests.conftest import (
    QRELS,
    QUERIES,
    compiled,
    make_gallery,
    make_submission,
    write_queries,
)
from tests.faults.attack import TIGHT, Attack, Outcomes
from tests.faults.test_smuggling import SMUGGLED, smuggle

ROOT = Path(__file__).parents[2]
HEALTHY_ONES = ("a-healthy-one", "z-healthy-too")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if walls.missing() and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no walls here"))


def checkout(folder: Path, attacks: dict[str, Attack]) -> tuple[Workspace, Path]:
    """A checkout with a healthy submission, first in order, and the attacks; and its gallery."""
    gallery, root = make_gallery(folder / "colours"), folder / "checkout"
    make_submission(root / "submissions" / "a-healthy-one")
    for name, attack in attacks.items():
        place = root / "submissions" / name
        make_submission(place, attack.code, inputs=attack.inputs, more=attack.more)
    make_submission(root / "submissions" / "z-healthy-too")
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    return Workspace(root), gallery


@contextmanager
def standing(
    folder: Path, code: str, more: str = TIGHT, inputs: str = "image", graph: Path | None = None
) -> Iterator[Model]:
    """The loaded model of one submission, to be looked at from outside."""
    place = make_submission(folder / "one", code, inputs, more=more)
    files = [(path.name, path) for path in place.iterdir()]
    with Model(Job(place, load(place), files, "cpu", graph=graph)) as model:
        model.load()
        yield model


@dataclass(frozen=True)
class Together:
    """All attacks in one run of the real command, and what was there before and after it."""

    attacks: dict[str, Attack]
    done: subprocess.CompletedProcess[str]
    orphans: set[psutil.Process]
    changed: list[Path]
    """Files of the healthy submissions that are not what they are without the attacks."""
    left: set[Path]
    """Files of the checkout, by their place in it, and of the repository, that are new."""
    scratch: list[Path]

    def outcome(self, name: str) -> Outcome:
        """What the command printed of a submission."""
        for line in self.done.stderr.splitlines():
            if line.startswith(f"failed: {name}: "):
                return Outcome(name, "failed", line.removeprefix(f"failed: {name}: "))
        for line in self.done.stdout.splitlines():
            if line.startswith(f"{name} ") and line.endswith(" left out"):
                (reason,) = re.findall(r"^left out 1: each (.*)", self.done.stderr, re.M)
                return Outcome(name, "left out", reason)
            if line.startswith(f"{name} "):
                _, state, detail = line.split(maxsplit=2)
                return Outcome(name, state, detail)  # type: ignore[arg-type]
        raise AssertionError(f"nothing was said of {name}")


@pytest.fixture(scope="session")
def together(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Together]:
    """The attacks of all files of this folder that are tested now, and what is smuggled."""
    modules = {item.module for item in request.session.items}  # type: ignore[attr-defined]
    attacks: dict[str, Attack] = {}
    for module in sorted(modules, key=lambda module: module.__name__):
        if Path(__file__).parent in Path(module.__file__).parents:
            attacks |= getattr(module, "ATTACKS", {})
    folder = tmp_path_factory.mktemp("attacked")
    workspace, gallery = checkout(folder, attacks)
    for name in SMUGGLED:
        smuggle(workspace.submissions, name)
    compiled(workspace)
    scratch = folder / "scratch"
    scratch.mkdir()
    kept = [
        workspace.leaderboard / kind / "colours" / f"{name}.parquet"
        for kind in ("runs", "scores")
        for name in HEALTHY_ONES
    ]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "benchmark", "run", *arguments, "--no-costs"]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(scratch),
            "MY_SECRET": "hush",
            "HF_TOKEN": "hush",
        }
        return subprocess.run(
            [*command, "--collection", str(gallery), "--device", "cpu"],
            cwd=workspace.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    # A Unix socket of this machine that lies in no folder, which an attack tries to reach.
    with socket.socket(socket.AF_UNIX) as server, _orphans_come_here():
        server.bind("\0cimaise-faults")
        server.listen()
        alone = run(*HEALTHY_ONES)
        assert alone.returncode == 0, alone.stderr
        before, without = _everything(workspace.root), [path.read_bytes() for path in kept]
        running = set(psutil.Process().children(recursive=True))
        done = run("--fresh")
        orphans = set(psutil.Process().children(recursive=True)) - running
        left = {one for one in orphans if one.status() != psutil.STATUS_ZOMBIE}
    yield Together(
        attacks,
        done,
        left,
        [path for path, old in zip(kept, without, strict=True) if path.read_bytes() != old],
        _everything(workspace.root) - before,
        list(scratch.iterdir()),
    )


@pytest.fixture
def outcomes(together: Together) -> Outcomes:
    """What became of an attack, by name."""
    return together.outcome


def _everything(root: Path) -> set[Path]:
    """Files of the checkout, by their place in it, and of the repository."""
    skipped = {".git", "__pycache__", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    outside = set[Path]()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = set(folders) - skipped
        outside |= {Path(folder, name) for name in (*folders, *files)}
    inside = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    return {*inside, *outside}


@contextmanager
def _orphans_come_here() -> Iterator[None]:
    """Processes whose parent has ended become this one's children, so that they can be found."""
    adopt = partial(ctypes.CDLL(None).prctl, 36)  # PR_SET_CHILD_SUBREAPER
    assert adopt(1, 0, 0, 0) == 0
    try:
        yield
    finally:  # or processes of later tests, long dead, would count as children of this one
        adopt(0, 0, 0, 0)
