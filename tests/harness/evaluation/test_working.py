"""Submissions side by side: the same results, nothing half done, and what fails fails first."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.harness.evaluation import pool, working
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.evaluation.writable import writable
from benchmark.harness.isolation.limits import stopping
from benchmark.results.store import Store
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import CONSTANT, HEALTHY, paint
from tests.harness.evaluation.test_run import forbid_workers

RunAll = Callable[..., dict[str, Outcome]]
Submit = Callable[..., Path]
SLEEPY = HEALTHY.replace(
    "    def encode_images(self, images):\n",
    "    def encode_images(self, images):\n        import time; time.sleep(60)\n",
)


def test_side_by_side_gives_what_one_after_another_gives(
    workspace: Workspace, submit: Submit, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit("constant", CONSTANT)
    submit("other", HEALTHY + "\n")
    submit("broken", "raise ValueError('no')")
    names = ("constant", "healthy", "other")
    store, found = Store(workspace.leaderboard), []
    for workers in (1, 4):
        monkeypatch.setattr(working, "at_once", lambda submissions, device, n=workers: n)
        outcomes = run_all()
        assert list(outcomes) == ["broken", *names]
        runs = [store.run("colours", name) for name in names]
        found.append(
            (
                outcomes,
                [one.ids for one in runs],
                [np.concatenate(one.scores).tolist() for one in runs],
                [store.scores("colours", name) for name in names],
            )
        )
        shutil.rmtree(workspace.cache)
        shutil.rmtree(workspace.leaderboard)
    assert found[0] == found[1]


def test_workers_are_told_their_share_of_the_cores(
    workspace: Workspace, submit: Submit, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, wanted in (("one", "'3'"), ("two", "'3'"), ("alone", "None")):
        check = f"import os\nassert os.environ.get('OMP_NUM_THREADS') == {wanted}\n"
        submit(name, check + HEALTHY)
    for module in (pool, working):
        monkeypatch.setattr(module, "cores", lambda: 6)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert {outcome.state for outcome in run_all("one", "two").values()} == {"scored"}
    assert run_all("alone")["alone"].state == "scored"


def test_how_many_at_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (healthy,) = load_all(workspace.submissions).values()
    assert not isinstance(healthy, BadInput)
    monkeypatch.setattr(pool, "cores", lambda: 4)
    memory = type("Memory", (), {"total": int(3.5e9 * healthy.limits.memory_gb)})
    monkeypatch.setattr(pool.psutil, "virtual_memory", lambda: memory)
    assert pool.at_once([healthy] * 2, "cpu") == 2
    assert pool.at_once([healthy] * 9, "cpu") == 3
    assert pool.at_once([], "cpu") == 1
    memory.total = 1
    assert pool.at_once([healthy] * 9, "cpu") == 1


def test_a_stop_ends_all_workers_and_leaves_nothing_half_written(
    workspace: Workspace,
    submit: Submit,
    session: Callable[..., Session],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submit("sleepy", SLEEPY)
    submit("sleepy-too", SLEEPY)
    monkeypatch.setattr(working, "at_once", lambda submissions, device: 3)
    going = run(
        session(), load_all(workspace.submissions), lambda name: lambda *stage: None, costs=False
    )
    assert next(going).name == "healthy"
    began = time.monotonic()
    going.close()
    assert time.monotonic() - began < 30
    assert not stopping.is_set()
    written = [path.name for path in workspace.leaderboard.rglob("*") if path.is_file()]
    assert sorted(written) == ["healthy.json", "healthy.parquet", "healthy.parquet"]


def test_an_interrupt_is_passed_on(
    workspace: Workspace,
    submit: Submit,
    session: Callable[..., Session],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    submit("sleepy", SLEEPY)

    def interrupted(session: Session, progress: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(working, "_open", interrupted)
    chosen = load_all(workspace.submissions)
    with pytest.raises(KeyboardInterrupt):
        list(run(session(), chosen, lambda name: lambda *stage: None, costs=False))
    assert not workspace.leaderboard.exists()


def test_what_fails_fails_first(
    workspace: Workspace, submit: Submit, session: Callable[..., Session]
) -> None:
    submit("zz-bad")
    (workspace.submissions / "zz-bad" / "submission.toml").write_text("name = 3\n")
    chosen = load_all(workspace.submissions)
    outcomes = run(session(), chosen, lambda name: lambda *stage: None, costs=False)
    assert [outcome.name for outcome in outcomes] == ["zz-bad", "healthy"]


def test_a_leaderboard_that_cannot_be_written_is_said_before_any_work(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_workers(monkeypatch)
    workspace.leaderboard.write_text("a file, where a folder should be")
    with pytest.raises(BadInput) as caught:
        run_all()
    assert str(caught.value) == (
        f"{workspace.leaderboard}: cannot be written to (Not a directory); make it a folder that "
        "you may write to, or work in a copy of the checkout"
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match=r"cannot be written to \(Permission denied\)"):
        writable(tmp_path / "leaderboard")


def test_pictures_that_were_left_out_are_told(
    workspace: Workspace,
    gallery: Path,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("benchmark.harness.evaluation.encode.TOLERATED", 0.2)
    (gallery / "orange.png").write_bytes(b"no picture")
    first = run_all()["healthy"]
    assert (first.state, first.left_out, first.gallery) == ("scored", ("p-orange",), 8)
    assert run_all()["healthy"] == Outcome("healthy", "unchanged", "", ("p-orange",), 8)
    paint(gallery / "orange.png", (250, 140, 10))
    assert run_all()["healthy"].left_out == ()
