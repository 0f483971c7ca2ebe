"""What is done again, what is not, and what is said of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.harness.evaluation import embed, sample
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model, Rows
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.conftest import CONSTANT, HEALTHY, QRELS, QUERIES, paint, write_queries

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]


def forbid_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a worker was started")

    for module in (embed, sample):
        monkeypatch.setattr(module, "Model", refuse)


def result_path(workspace: Workspace) -> Path:
    return workspace.leaderboard / "results" / "colours" / "healthy.json"


def rewrite_qrels(workspace: Workspace) -> None:
    changed = QRELS | {"q1": {"p-red": 1, "p-orange": 3}}
    write_queries(workspace.queries / "colours", QUERIES, changed)


def test_first_a_result_then_nothing_to_do(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_all() == {"healthy": Outcome("healthy", "scored", "ndcg@10 0.966")}
    before = result_path(workspace).read_bytes()
    forbid_workers(monkeypatch)
    assert run_all() == {"healthy": Outcome("healthy", "unchanged")}
    assert result_path(workspace).read_bytes() == before


def test_the_result_says_where_it_comes_from(workspace: Workspace, run_all: RunAll) -> None:
    run_all()
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None
    assert (result.collection.name, result.collection.paintings) == ("colours", 8)
    assert (result.queries.queries, result.queries.topics) == (4, 3)
    assert set(result.categories) == {"one", "two"}
    assert set(result.languages) == {"en"}
    assert result.size.bytes_per_painting == 12
    assert result.cost is None
    assert result.provenance.libraries["ranx"]
    assert len(result.provenance.submission) == 64
    text = result_path(workspace).read_text()
    assert str(workspace.root) not in text


def test_without_a_cache_the_result_is_confirmed(workspace: Workspace, run_all: RunAll) -> None:
    run_all()
    shutil.rmtree(workspace.cache)
    assert run_all() == {
        "healthy": Outcome("healthy", "confirmed", "ndcg@10 0.966, largest change 0.0000")
    }


def test_fresh_does_it_again(workspace: Workspace, run_all: RunAll) -> None:
    run_all()
    assert run_all(fresh=True)["healthy"].state == "confirmed"


def test_a_tampered_result_differs_and_the_measure_is_named(
    workspace: Workspace, run_all: RunAll
) -> None:
    run_all()
    path = result_path(workspace)
    table = json.loads(path.read_text())
    table["sections"]["retrieval"]["measures"]["mrr"]["mean"] = 0.5
    path.write_text(json.dumps(table))
    shutil.rmtree(workspace.cache)
    assert run_all() == {
        "healthy": Outcome(
            "healthy",
            "differs",
            "ndcg@10 0.966; mrr was 0.5000 when published, is 1.0000 here",
        )
    }


def test_a_broken_result_is_named(workspace: Workspace, run_all: RunAll) -> None:
    run_all()
    result_path(workspace).write_text("{")
    outcome = run_all()["healthy"]
    assert outcome.state == "failed"
    assert outcome.detail.startswith(f"{result_path(workspace)}: Invalid JSON: ")
    assert outcome.detail.endswith("; remove the file and run again")


@pytest.mark.parametrize("kind", ["runs", "scores"])
def test_a_lost_run_is_made_again(
    workspace: Workspace, run_all: RunAll, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    lost = workspace.leaderboard / kind / "colours" / "healthy.parquet"
    lost.unlink()
    forbid_workers(monkeypatch)
    assert run_all()["healthy"].state == "confirmed"
    assert lost.is_file()


def test_new_judgments_need_no_model(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    rewrite_qrels(workspace)
    forbid_workers(monkeypatch)
    outcome = run_all()["healthy"]
    assert outcome.state == "scored"
    assert outcome.detail != "ndcg@10 0.966"
    assert run_all()["healthy"].state == "unchanged"


def spied(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What every worker is asked from now on: pictures by "picture", texts as they are."""
    asked: list[list[str]] = []

    class Spy(Model):
        def __init__(self, job: Job) -> None:
            super().__init__(job)
            asked.append([])

        def send_pictures(self, pictures: Sequence[bytes]) -> None:
            asked[-1] += ["picture" for _ in pictures]
            super().send_pictures(pictures)

        def texts(self, texts: Sequence[str]) -> Rows:
            asked[-1] += texts
            return super().texts(texts)

    for module in (embed, sample):
        monkeypatch.setattr(module, "Model", Spy)
    return asked


def test_new_texts_encode_no_pictures(
    workspace: Workspace, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    before = Store(workspace.leaderboard).result("colours", "healthy")
    asked = spied(monkeypatch)
    changed = [QUERIES[0] | {"text": "all green"}, *QUERIES[1:]]
    write_queries(workspace.queries / "colours", changed, QRELS)
    assert run_all()["healthy"].state == "scored"
    assert [sorted(texts) for texts in asked] == [sorted(query["text"] for query in changed)]
    after = Store(workspace.leaderboard).result("colours", "healthy")
    assert before is not None
    assert after is not None
    assert after.measures["mrr"].mean < before.measures["mrr"].mean


def test_a_new_picture_and_a_new_encoder_are_encoded(
    workspace: Workspace, gallery: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = spied(monkeypatch)
    paint(gallery / "red.png", (0, 250, 0))
    assert run_all()["healthy"].detail != "ndcg@10 0.966"
    encoder = workspace.submissions / "healthy" / "encoder.py"
    encoder.write_text(HEALTHY + "\n# changed\n")
    run_all()
    assert [texts.count("picture") for texts in asked] == [8, 8]
    (workspace.submissions / "healthy" / "README.md").write_text("# Other\n")
    assert run_all()["healthy"].state == "unchanged"


def test_a_picture_that_disappears_is_no_stale_score(
    workspace: Workspace, gallery: Path, run_all: RunAll
) -> None:
    run_all()
    (gallery / "red.png").unlink()
    outcome = run_all()["healthy"]
    assert outcome.state == "failed"
    assert outcome.detail == (
        f"{gallery}: 1 of 8 pictures cannot be read, over 1 %, such as p-red: is missing; "
        "mend or remove them"
    )


def test_a_constant_encoder_scores_what_the_id_order_scores(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    submit("constant", CONSTANT)
    by_id = """
class Encoder:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]

    def search(self, texts, k):
        return [self.ids] * len(texts), [[1.0] * len(self.ids)] * len(texts)
"""
    submit("by-id", by_id)
    run_all("constant", "by-id")
    store = Store(workspace.leaderboard)
    assert store.run("colours", "constant").ids == store.run("colours", "by-id").ids
    assert store.scores("colours", "constant") == store.scores("colours", "by-id")


def test_a_bad_manifest_costs_its_own_row(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    folder = submit("twin")
    path = folder / "submission.toml"
    path.write_text(path.read_text().replace('name = "twin"', 'name = "healthy"'))
    outcomes = run_all()
    assert outcomes["healthy"].state == "scored"
    assert outcomes["twin"] == Outcome(
        "twin",
        "failed",
        f"{path}: name: 'healthy', which is already {workspace.submissions / 'healthy'}; "
        "use the folder's name 'twin'",
    )


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("queries.jsonl", "", "{at}/queries.jsonl: holds no queries"),
        (
            "qrels/test.tsv",
            "q1\tp-pink\t3\n",
            "{at}/qrels/test.tsv:1: corpus-id: 'p-pink' is not in the collection",
        ),
    ],
)
def test_bad_queries_stop_before_any_work(
    workspace: Workspace,
    run_all: RunAll,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    text: str,
    message: str,
) -> None:
    forbid_workers(monkeypatch)
    at = workspace.queries / "colours"
    (at / file).write_text(text)
    with pytest.raises(BadInput) as caught:
        run_all()
    assert str(caught.value) == message.format(at=at)
    assert not workspace.leaderboard.exists()


def test_a_query_nobody_can_answer_is_named_and_left_out(
    workspace: Workspace, run_all: RunAll
) -> None:
    extra = [*QUERIES, {"_id": "q9", "text": "a unicorn"}]
    write_queries(workspace.queries / "colours", extra, QRELS)
    assert run_all()["healthy"].detail == "ndcg@10 0.966"
    result = Store(workspace.leaderboard).result("colours", "healthy")
    assert result is not None
    assert result.queries.unanswered == ["q9"]


def test_stages_are_told(workspace: Workspace, session: Callable[..., Session]) -> None:
    from benchmark.submission import load_all

    told: list[tuple[str, int, int]] = []
    chosen = load_all(workspace.submissions)
    list(run(session(), chosen, lambda name: lambda *stage: told.append(stage), costs=False))
    assert ("pictures", 4, 8) in told
    assert ("pictures", 8, 8) in told
    assert told[-2:] == [("scoring", 1, 1), ("", 1, 1)]


def test_the_cache_holds_no_pickle(workspace: Workspace, run_all: RunAll) -> None:
    run_all()
    kept = {path.suffix for path in (workspace.cache / "embeddings").rglob("*") if path.is_file()}
    assert kept == {".npy", ".json"}


def test_stopping_half_way_keeps_what_is_done(
    workspace: Workspace, submit: Submit, session: Callable[..., Session]
) -> None:
    from benchmark.submission import load_all

    submit("second")
    chosen = load_all(workspace.submissions)
    going = run(session(), chosen, lambda name: lambda *stage: None, costs=False)
    assert next(going).name == "healthy"
    going.close()
    written = [path.name for path in (workspace.leaderboard / "results").rglob("*.json")]
    assert written == ["healthy.json"]
    assert list(workspace.leaderboard.rglob(".*")) == []  # nothing half-written
    # What a stopped worker had encoded may lie there still, for the next run to go on from.
    again = run(session(), chosen, lambda name: lambda *stage: None, costs=False)
    states = {one.name: one.state for one in again}
    assert states == {"healthy": "unchanged", "second": "scored"}
    assert os.listdir(workspace.cache / "partial") == []
