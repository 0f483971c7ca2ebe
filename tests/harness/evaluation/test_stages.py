"""Stages stand or fall one by one: what is computed again is what follows from what changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmark import tasks
from benchmark.harness.evaluation import stage
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.records import Run
from benchmark.results import stage_keys
from benchmark.results.provenance import families_code
from benchmark.results.store import Store
from benchmark.scorers import Measure
from benchmark.scorers.measures import FAMILIES, FAMILY
from benchmark.tasks.retrieval import Retrieval
from benchmark.workspace import Workspace
from tests.conftest import CONSTANT
from tests.harness.evaluation.test_run import forbid_workers

RunAll = Callable[..., dict[str, Outcome]]


def files(workspace: Workspace) -> dict[str, tuple[bytes, int]]:
    """Bytes and number of every file of the leaderboard: one that is written anew has another."""
    return {
        path.relative_to(workspace.leaderboard).as_posix(): (path.read_bytes(), path.stat().st_ino)
        for path in sorted(workspace.leaderboard.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[set[str]]]:
    """The families that are computed from now on, call by call; the warm-up apart."""
    calls: list[set[str]] = []
    real = tasks.score

    def spy(run: Run, sources: object, paintings: int, families: object = None) -> object:
        wanted = set(FAMILIES) if families is None else set(families)  # type: ignore[call-overload]
        if len(run.query_ids) > 1:
            calls.append(wanted)
        return real(run, sources, paintings, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "score", spy)
    yield calls


def test_touching_one_family_computes_it_alone(
    workspace: Workspace,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[set[str]],
) -> None:
    run_all()
    before = files(workspace)
    forbid_workers(monkeypatch)
    monkeypatch.setattr(
        stage, "embeddings", lambda *_: pytest.fail("what embeddings show was taken again")
    )
    monkeypatch.setattr(stage, "ranked", lambda *_: pytest.fail("it was ranked again"))
    changed = dict(families_code()) | {"variety": "other"}
    monkeypatch.setattr(stage_keys, "families_code", lambda: changed)
    asked.clear()
    assert run_all()["healthy"].state == "confirmed"
    assert asked == [{"variety"}]
    after = files(workspace)
    assert after["scores/colours/healthy.parquet"][0] == before["scores/colours/healthy.parquet"][0]
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None and result.provenance.families == changed
    assert run_all()["healthy"].state == "unchanged"
    assert asked == [{"variety"}]


def test_a_new_family_is_computed_and_the_others_kept(
    workspace: Workspace,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[set[str]],
) -> None:
    run_all()
    old = Store(workspace.leaderboard).scores("colours", "healthy")
    forbid_workers(monkeypatch)
    novelty = Measure("novelty", "new", lambda answers: {"q1": 0.5, "q2": 0.25})
    monkeypatch.setattr(Retrieval, "measures", (*Retrieval.measures, novelty))
    monkeypatch.setitem(FAMILY, "novelty", "novelty")
    changed = dict(families_code()) | {"novelty": "code"}
    monkeypatch.setattr(stage_keys, "families_code", lambda: changed)
    asked.clear()
    run_all()
    assert asked == [{"novelty"}]
    scores = Store(workspace.leaderboard).scores("colours", "healthy")
    assert scores == old | {"novelty": {"q1": 0.5, "q2": 0.25}}
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None and result.measures["novelty"].mean == 0.375


def test_touching_the_energy_meter_leaves_scores_standing(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    before = files(workspace)
    forbid_workers(monkeypatch)
    monkeypatch.setattr(stage_keys, "measure_code", lambda *_: "other")
    assert run_all()["healthy"] == Outcome("healthy", "unchanged")
    assert files(workspace) == before


def test_other_code_of_the_space_takes_it_again_and_ranks_nothing(
    workspace: Workspace,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[set[str]],
) -> None:
    run_all()
    forbid_workers(monkeypatch)
    monkeypatch.setattr(stage, "ranked", lambda *_: pytest.fail("it was ranked again"))
    looked: list[str] = []
    real = stage.embeddings
    monkeypatch.setattr(stage, "embeddings", lambda *given: looked.append("look") or real(*given))
    monkeypatch.setattr(stage_keys, "space_code", lambda: "other")
    asked.clear()
    assert run_all()["healthy"].state == "confirmed"
    assert (looked, asked) == (["look"], [set()])
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None and result.provenance.space_code == "other"


@pytest.mark.parametrize("fresh", [False, True])
def test_what_is_confirmed_is_not_written(
    workspace: Workspace, run_all: RunAll, fresh: bool
) -> None:
    run_all()
    before = files(workspace)
    shutil.rmtree(workspace.cache)
    assert run_all(fresh=fresh)["healthy"].state == "confirmed"
    assert files(workspace) == before


@pytest.mark.parametrize("kind", ["runs", "scores"])
def test_a_run_or_values_of_another_are_written_anew(
    workspace: Workspace, run_all: RunAll, submit: Callable[..., Path], kind: str
) -> None:
    submit("constant", CONSTANT)
    run_all()
    folder = workspace.leaderboard / kind / "colours"
    before = (folder / "healthy.parquet").read_bytes()
    shutil.copyfile(folder / "constant.parquet", folder / "healthy.parquet")
    shutil.rmtree(workspace.cache)
    assert run_all("healthy")["healthy"].state == "confirmed"
    assert (folder / "healthy.parquet").read_bytes() == before


def test_a_figure_that_was_bettered_by_hand_is_written_anew(
    workspace: Workspace, run_all: RunAll
) -> None:
    run_all()
    path = workspace.leaderboard / "results" / "colours" / "healthy.json"
    honest = json.loads(path.read_text())
    bettered = json.loads(path.read_text())
    bettered["sections"]["retrieval"]["catalogue"]["hub@10"] = 0.5
    path.write_text(json.dumps(bettered))
    shutil.rmtree(workspace.cache)
    assert run_all()["healthy"].state == "confirmed"
    assert json.loads(path.read_text())["sections"] == honest["sections"] != bettered["sections"]
