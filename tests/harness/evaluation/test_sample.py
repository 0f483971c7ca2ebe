"""A committed result on a machine without a cache: asked of a sample, and whole where it lies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.harness.evaluation import plan, sample
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.isolation import model
from benchmark.records import Run
from benchmark.results.store import Store, write_run
from benchmark.workspace import Workspace
from tests.harness.evaluation.test_run import forbid_workers, result_path, spied
from tests.harness.evaluation.test_stages import files

RunAll = Callable[..., dict[str, Outcome]]
Submit = Callable[..., Path]

SEARCHER = """
class Encoder:
    def index(self, paintings):
        self.ids = sorted(painting.id for painting in paintings)

    def search(self, texts, k):
        return [self.ids] * len(texts), [[1.0] * len(self.ids)] * len(texts)
"""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the tiny gallery is a sample."""
    monkeypatch.setattr(sample, "SAMPLE", 4)
    monkeypatch.setattr(plan, "SAMPLED_FROM", 8)


def published(workspace: Workspace, run_all: RunAll) -> dict[str, tuple[bytes, int]]:
    """The files of a leaderboard as another machine left them."""
    run_all()
    shutil.rmtree(workspace.cache)
    return files(workspace)


def pictures(asked: list[list[str]]) -> list[int]:
    return [texts.count("picture") for texts in asked]


def test_a_faithful_result_is_confirmed_by_sample_and_then_unchanged(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(workspace, run_all)
    asked = spied(monkeypatch)
    outcome = run_all()["healthy"]
    assert outcome.state == "confirmed"
    said, _, difference = outcome.detail.rpartition(" ")
    assert said == "4 of 8 pictures, largest difference"
    assert float(difference) <= 1e-6
    assert pictures(asked) == [4]
    assert len([text for text in asked[0] if text != "picture"]) == 4
    forbid_workers(monkeypatch)
    assert run_all() == {"healthy": Outcome("healthy", "unchanged")}
    assert files(workspace) == before


def test_what_the_search_box_reads_with_is_made_whole(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression: in a fresh clone a sample confirmed it, and the site had no box."""
    before = published(workspace, run_all)
    monkeypatch.setattr(plan, "MODEL", "healthy")
    asked = spied(monkeypatch)
    assert run_all()["healthy"].state == "confirmed"
    assert sum(pictures(asked)) == 8
    assert files(workspace) == before


def test_the_pictures_are_others_each_time(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(workspace, run_all)
    drawn: set[frozenset[bytes]] = set()
    real = model.Model.send_pictures
    monkeypatch.setattr(
        model.Model,
        "send_pictures",
        lambda self, given: drawn.add(frozenset(given)) or real(self, given),
    )
    for _ in range(8):  # the same 4 of 8 each time: one in 70^7
        run_all()
        shutil.rmtree(workspace.cache)
    assert len(drawn) > 1


def test_fresh_does_everything(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(workspace, run_all)
    asked = spied(monkeypatch)
    run_all(fresh=True)
    assert pictures(asked) == [8]


def better(run: Run) -> Run:
    """A run whose every list is turned round: what was last comes first, with falling scores."""
    return Run(run.query_ids, tuple(ids[::-1] for ids in run.ids), run.scores)


def slightly(run: Run) -> Run:
    """A run with every score raised by a hundredth of its list's span."""
    raised = [scores + np.float32(0.01) * (scores[0] - scores[-1]) for scores in run.scores]
    return Run(run.query_ids, run.ids, tuple(raised))


def short(run: Run) -> Run:
    """A run without the last of each list."""
    return Run(
        run.query_ids,
        tuple(ids[:-1] for ids in run.ids),
        tuple(scores[:-1] for scores in run.scores),
    )


def fabricated(run: Run) -> Run:
    """A run with one painting on top of every list, so far above that all else seems to tie."""
    top = run.ids[0][-1]
    lists = [(top, *(one for one in ids if one != top)) for ids in run.ids]
    falling = [np.linspace(0, -1, len(ids), dtype=np.float32) for ids in lists]
    for scores in falling:
        scores[0] = 1e6
    return Run(run.query_ids, tuple(lists), tuple(falling))


@pytest.mark.parametrize("change", [better, slightly, short, fabricated])
def test_a_tampered_run_is_done_again_whole_and_put_right(
    workspace: Workspace,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Run], Run],
) -> None:
    before = published(workspace, run_all)
    path = Store(workspace.leaderboard).run_path("colours", "healthy")
    write_run(path, change(Store(workspace.leaderboard).run("colours", "healthy")))
    asked = spied(monkeypatch)
    assert run_all()["healthy"].state == "confirmed"  # its measures were not touched
    assert pictures(asked) == [4, 8]
    assert path.read_bytes() == before["runs/colours/healthy.parquet"][0]


def test_a_result_that_does_not_follow_from_its_run_differs(
    workspace: Workspace, run_all: RunAll
) -> None:
    published(workspace, run_all)
    path = result_path(workspace)
    table = json.loads(path.read_text())
    table["sections"]["retrieval"]["measures"]["mrr"]["mean"] -= 0.1
    path.write_text(json.dumps(table))
    outcome = run_all()["healthy"]
    assert outcome.state == "differs"
    assert outcome.detail == "ndcg@10 0.966; mrr was 0.9000 when published, is 1.0000 here"


def test_a_run_that_is_no_parquet_is_done_again(workspace: Workspace, run_all: RunAll) -> None:
    before = published(workspace, run_all)
    path = Store(workspace.leaderboard).run_path("colours", "healthy")
    path.write_bytes(b"PAR1")
    assert run_all()["healthy"].state == "confirmed"
    assert path.read_bytes() == before["runs/colours/healthy.parquet"][0]


def test_a_picture_that_is_left_out_though_it_can_be_read(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(workspace, run_all)
    monkeypatch.setattr(plan, "SAMPLED_FROM", 7)
    path = result_path(workspace)
    table = json.loads(path.read_text())
    table["collection"] |= {"paintings": 7, "left_out": ["p-orange"]}
    path.write_text(json.dumps(table))
    run_all()
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None and result.collection.left_out == []


def test_searchers_are_asked_whole(
    workspace: Workspace, run_all: RunAll, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit("by-id", SEARCHER)
    before = published(workspace, run_all)
    assert run_all("by-id")["by-id"].detail.endswith("largest change 0.0000")
    assert files(workspace) == before


def test_another_run_than_was_confirmed_is_asked_for_again(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(workspace, run_all)
    run_all()
    path = Store(workspace.leaderboard).run_path("colours", "healthy")
    write_run(path, better(Store(workspace.leaderboard).run("colours", "healthy")))
    asked = spied(monkeypatch)
    run_all()
    assert pictures(asked) == [4, 8]
