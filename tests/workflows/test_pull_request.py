"""The shell of the pull request's check, run against branches of strangers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

WORKFLOW = Path(__file__).parent.parent.parent / ".github/workflows/pull-request.yml"
STUB = """#!/bin/sh
if [ "$*" = "show --json" ]; then cat board; exit; fi
printf '%s|' "$@" >> called; echo >> called
[ "$1 $3" != "check broken" ]
"""


def snippet() -> str:
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["submissions"]["steps"]
    return str(next(step["run"] for step in steps if "changed" in step.get("name", "")))


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def branch(tmp_path: Path) -> Callable[..., tuple[int, list[str], str]]:
    """Commits files on a branch from a base with `kept`; gives exit code, calls and errors."""
    git(tmp_path, "init", "-q")
    for name in ("kept/a", "kept/b"):
        write(tmp_path, name)
    (tmp_path / ".gitignore").write_text("board\nsaid\ncalled\n.venv\n")
    boards(tmp_path, [], [])
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "base")
    base = git(tmp_path, "rev-parse", "HEAD").strip()
    stub = tmp_path / ".venv/bin/cimaise"
    stub.parent.mkdir(parents=True)
    stub.write_text(STUB)
    stub.chmod(0o755)
    (stub.parent / "python").symlink_to(sys.executable)

    def checked(*added: str, removed: str = "") -> tuple[int, list[str], str]:
        for name in added:
            write(tmp_path, name)
        if removed:
            git(tmp_path, "rm", "-rq", "--", f"submissions/{removed}")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "branch", "--allow-empty")
        done = subprocess.run(
            ["bash", "-e", "-c", snippet()],
            cwd=tmp_path,
            env={**os.environ, "BASE": base, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        called = tmp_path / "called"
        lines = called.read_text().splitlines() if called.exists() else []
        (tmp_path / "said").write_text(done.stdout)
        return done.returncode, lines, done.stderr

    return checked


def boards(folder: Path, *waiting: list[str]) -> None:
    """What `cimaise show --json` says from now on: who waits for a hub, board by board."""
    said = [{"rows": [], "waiting": [{"name": name} for name in names]} for names in waiting]
    (folder / "board").write_text(json.dumps(said))


def write(folder: Path, name: str) -> None:
    path = folder / "submissions" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")


Branch = Callable[..., tuple[int, list[str], str]]


def test_each_changed_submission_is_checked_then_all_are_scored(branch: Branch) -> None:
    code, calls, errors = branch("one/submission.toml", "two/deep/file")
    assert (code, errors) == (0, "")
    assert sorted(calls[:2]) == ["check|--|one|", "check|--|two|"]
    assert calls[2] in ("run|--fresh|--|one|two|", "run|--fresh|--|two|one|")
    assert calls[3:] == ["show|"]


def test_a_result_changed_by_hand_is_asked_of_its_submission(
    branch: Branch, tmp_path: Path
) -> None:
    """Regression: what a branch wrote into the leaderboard alone was not looked at."""
    for name in ("kept", "of-no-submission"):
        path = tmp_path / "leaderboard" / "runs" / "atelier" / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    code, calls, _ = branch()
    assert (code, calls) == (0, ["check|--|kept|", "run|--fresh|--|kept|", "show|"])


@pytest.mark.parametrize(
    "name",
    [
        "--help",
        "-rf",
        "a b",
        "*",
        "$(touch pwned)",
        ";touch pwned",
        "`touch pwned`",
        "x\n--help",
        "x\n::stop-commands::y",
        "Big",
        "é",
        ".hidden",
        "a'b",
        'a"b',
    ],
)
def test_a_name_that_is_none_fails_in_one_line(branch: Branch, tmp_path: Path, name: str) -> None:
    """Regression: a submission named --help made the check print its help and pass."""
    code, calls, errors = branch(f"{name}/submission.toml")
    assert code == 1
    assert calls == []
    assert errors.startswith("error: submissions/") and errors.count("\n") == 1
    assert not (tmp_path / "pwned").exists()


def test_what_waits_for_a_hub_is_left_out_in_one_line(branch: Branch, tmp_path: Path) -> None:
    """Regression: a changed folder was run by name, which fetches its weights."""
    boards(tmp_path, ["far", "far-2", "seen", "unchanged"], ["far", "far-2", "unchanged"])
    code, calls, errors = branch(*(f"{name}/a" for name in ("far-2", "near", "far")))
    assert (code, errors) == (0, "")
    assert calls == ["check|--|near|", "run|--fresh|--|near|", "show|"]
    assert (tmp_path / "said").read_text() == (
        "waiting for a machine with the hub, so neither checked nor scored: far far-2\n"
    )


def test_where_all_that_changed_waits_nothing_is_run(branch: Branch, tmp_path: Path) -> None:
    boards(tmp_path, ["far"], ["far"])
    assert branch("far/submission.toml") == (0, [], "")


def test_what_one_board_has_a_figure_of_does_not_wait(branch: Branch, tmp_path: Path) -> None:
    boards(tmp_path, ["seen"], [])
    assert branch("seen/a")[1] == ["check|--|seen|", "run|--fresh|--|seen|", "show|"]


def test_boards_that_cannot_be_read_fail_the_step(branch: Branch, tmp_path: Path) -> None:
    (tmp_path / "board").unlink()
    code, calls, _ = branch("near/a")
    assert (code != 0, calls) == (True, [])


def test_a_failing_check_fails_the_step(branch: Branch) -> None:
    code, calls, _ = branch("broken/submission.toml")
    assert (code, calls) == (1, ["check|--|broken|"])


def test_a_file_or_a_link_in_the_place_of_a_folder_is_checked_too(
    branch: Branch, tmp_path: Path
) -> None:
    (tmp_path / "submissions/link").symlink_to("kept")
    _, calls, _ = branch("file")
    assert {"check|--|link|", "check|--|file|"} <= set(calls)


def test_a_file_taken_out_is_a_change_and_a_folder_taken_out_is_none(branch: Branch) -> None:
    code, calls, _ = branch(removed="kept/b")
    assert (code, calls) == (0, ["check|--|kept|", "run|--fresh|--|kept|", "show|"])


def test_nothing_is_called_where_nothing_changed(branch: Branch) -> None:
    assert branch() == (0, [], "")
    assert branch(removed="kept") == (0, [], "")


def test_git_that_fails_fails_the_step(branch: Branch, tmp_path: Path) -> None:
    (tmp_path / ".git/HEAD").unlink()
    done = subprocess.run(
        ["bash", "-e", "-c", snippet()],
        cwd=tmp_path,
        env={**os.environ, "BASE": "HEAD"},
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (tmp_path / "called").exists()
