"""Re-rankers by the real harness over the tiny gallery."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.harness.evaluation import pipeline, reranking
from benchmark.harness.evaluation.pipeline import Asked
from benchmark.harness.evaluation.rank import rank
from benchmark.harness.evaluation.run import Outcome
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.submission import load
from benchmark.workspace import Workspace
from tests.harness.pipelines import asked_of, quiet, stored
from tests.toys import RERANKER

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]
Make = Callable[..., Session]


def test_a_re_ranker_orders_the_best_of_its_first_stage(
    workspace: Workspace, reranker: Path, run_all: RunAll
) -> None:
    run_all()
    first, found = stored(workspace, "healthy"), stored(workspace, "again")
    assert found.query_ids == first.query_ids
    for before, after in zip(first.ids, found.ids, strict=True):
        assert set(after[:3]) == set(before[:3])
        assert after[3:] == before[3:]
    assert found.ids[0][0] == "p-red"
    assert all(np.all(np.diff(scores) <= 0) for scores in found.scores)
    assert all(-5 < scores[0] < 0 for scores in found.scores)  # the distance of a named colour


def test_pictures_come_unnamed_in_another_order_each_time(submit: Submit, run_all: RunAll) -> None:
    tell = """
class Encoder:
    def rerank(self, text, images):
        shown = [str(image.getpixel((0, 0))[0] // 64) for image in images]
        raise ValueError(" ".join(shown) + str(type(text)))
"""
    submit("teller", tell, more='\n[pipeline]\nfirst = "healthy"\ndepth = 8\n')
    said = {run_all("teller")["teller"].detail for _ in range(4)}
    assert len(said) > 1
    assert all("<class 'str'>" in one for one in said)


def test_a_stop_loses_only_what_was_not_written(
    workspace: Workspace, session: Make, reranker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "AT_ONCE", 1)
    asked, answer = [], Model.rerank

    def stops(self: Model, text: str, *args: object) -> object:
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(text)
        return answer(self, text, *args)  # type: ignore[arg-type]

    submission = load(reranker)
    monkeypatch.setattr(Model, "rerank", stops)
    here = session()
    with pytest.raises(KeyboardInterrupt):
        pipeline.prepare(here, submission, Asked.published(here), quiet)
    broken = next((workspace.cache / "partial").rglob("00000001.parquet"))
    broken.write_bytes(b"PAR1")
    texts = asked[:1]
    asked.clear()
    monkeypatch.setattr(Model, "rerank", lambda s, t, *a: (asked.append(t), answer(s, t, *a))[1])
    here = session()
    entry = pipeline.prepare(here, submission, Asked.published(here), quiet)
    assert entry.complete
    assert len(asked) == 3
    assert set(asked) | set(texts) == set(session().texts)
    assert os.listdir(workspace.cache / "partial") == []


def test_what_is_kept_is_looked_at_again(
    workspace: Workspace, session: Make, reranker: Path, run_all: RunAll
) -> None:
    run_all()
    (kept,) = workspace.cache.rglob(pipeline.RERANKED)
    here = session()
    wanted = {"0": ("p-red", "p-orange", "p-violet")}
    found = reranking._standing(kept, wanted, here.collection)
    assert set(found) <= {"0"}
    assert reranking._standing(kept, {"0": ("p-red", "p-white")}, here.collection) == {}
    kept.write_bytes(b"no parquet")
    assert reranking._standing(kept, wanted, here.collection) == {}


def test_one_that_only_re_ranks_is_told_what_it_lacks(submit: Submit, run_all: RunAll) -> None:
    submit("alone", RERANKER)
    assert run_all("alone")["alone"].detail == (
        "is neither Encoder nor Searcher, so it finds no painting by itself; "
        "name a first stage in [pipeline]"
    )


def test_a_stage_without_the_ability_is_told(submit: Submit, run_all: RunAll) -> None:
    submit("again", more='\n[pipeline]\nfirst = "healthy"\n')
    assert run_all("again")["again"].detail == (
        "is no Reranker; give it the methods of benchmark.abilities.Reranker"
    )


def test_it_answers_other_texts_with_what_is_kept_of_pictures(
    session: Make, reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    here, put = session(), Asked(lambda: ["all green"], "a" * 64)
    found = rank(pipeline.prepare(here, load(reranker), put, quiet), here.collection, ["q"])
    assert found.ids[0][0] == "p-green"
    assert "encode_images" not in asked and asked.count("rerank") == 1
