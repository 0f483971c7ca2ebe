"""Pipelines by the real harness over the tiny gallery: fusions, re-rankers, a reader of a graph."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.harness.evaluation import pipeline, reranking
from benchmark.harness.evaluation.pipeline import Asked
from benchmark.harness.evaluation.rank import rank
from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import Process
from benchmark.harness.selftest.selftest import selftest
from benchmark.records import Run
from benchmark.results.store import Store
from benchmark.search.fusion import reciprocal_rank_fusion
from benchmark.submission import load, load_all
from benchmark.workspace import Workspace
from tests.toys import FUSION, GRAPH_SEARCHER, RERANKER, TITLES, catalogue

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]
Make = Callable[..., Session]


def quiet(*stage: object) -> None:
    pass


@pytest.fixture
def fusion(workspace: Workspace, submit: Submit) -> Callable[..., Path]:
    """Add a fusion of submissions."""

    def make(name: str, pipeline: str, inputs: str = '["image", "metadata"]') -> Path:
        folder = submit(name)
        (folder / "encoder.py").unlink()
        text = FUSION.format(name=name, inputs=inputs, pipeline=pipeline)
        (folder / "submission.toml").write_text(text)
        return folder

    return make


@pytest.fixture
def reranker(submit: Submit) -> Path:
    """A re-ranker of the best three that `healthy` finds."""
    return submit("again", RERANKER, more='\n[pipeline]\nfirst = "healthy"\ndepth = 3\n')


def require(folder: Path, requirement: str) -> None:
    path = folder / "submission.toml"
    path.write_text(f'requires = ["{requirement}"]\n' + path.read_text())


def stored(workspace: Workspace, name: str) -> Run:
    return Store(workspace.leaderboard).run("colours", name)


def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every worker is asked from now on."""
    asked: list[str] = []
    send = Process.send

    def spy(self: Process, do: str, *args: object, **more: object) -> None:
        asked.append(do)
        send(self, do, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Process, "send", spy)
    return asked


def test_a_fusion_is_of_the_lists_of_its_stages(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("titles", TITLES, "metadata")
    fusion("both", 'fuse = ["healthy", "titles"]\nconstant = 10')
    outcomes = run_all()
    assert {name: outcome.state for name, outcome in outcomes.items()} == dict.fromkeys(
        ("both", "healthy", "titles"), "scored"
    )
    runs = [stored(workspace, name) for name in ("healthy", "titles")]
    expected = reciprocal_rank_fusion(runs, 10, 100)
    found = stored(workspace, "both")
    assert found.ids == expected.ids
    assert found.ids[0][0] == "p-red"
    assert [scores.tolist() for scores in found.scores] == [s.tolist() for s in expected.scores]
    result = Store(workspace.leaderboard).result("colours", "both")
    assert result is not None
    assert (result.about.adapter, result.space, result.cost) == ("pipeline", None, None)


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


def test_nothing_is_asked_twice_and_a_changed_stage_is_felt(
    workspace: Workspace, reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    assert {outcome.state for outcome in run_all().values()} == {"unchanged"}
    assert asked == []
    encoder = workspace.submissions / "healthy" / "encoder.py"
    encoder.write_text(encoder.read_text() + "\n# changed\n")
    assert {outcome.state for outcome in run_all().values()} == {"scored"}
    assert "rerank" not in asked  # its first stage found the same paintings
    encoder.write_text(encoder.read_text().replace("- 127.3", "- 20.0"))
    before = stored(workspace, "again")
    run_all()
    assert "rerank" in asked
    assert stored(workspace, "again").ids != before.ids


def test_fresh_makes_each_stage_once(
    reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    assert {outcome.state for outcome in run_all(fresh=True).values()} == {"confirmed"}
    assert asked.count("load") == 2
    assert asked.count("rerank") == 4


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


def test_a_stage_that_fails_costs_the_pipeline_its_row(
    submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("broken", "raise ValueError('no')")
    fusion("both", 'fuse = ["healthy", "broken"]')
    outcomes = run_all()
    assert outcomes["healthy"].state == "scored"
    assert outcomes["both"] == Outcome(
        "both", "failed", "its stage 'broken': ValueError: no (encoder.py, line 1)"
    )


def test_what_stages_require_is_among_the_libraries_of_the_whole(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    """Regression: a fusion named no library that only its stages use."""
    submit("titles", TITLES, "metadata")
    require(workspace.submissions / "titles", f"timm=={version('timm')}")
    fusion("both", 'fuse = ["healthy", "titles"]')
    fusion("all", 'fuse = ["both", "healthy"]')
    assert {outcome.state for outcome in run_all().values()} == {"scored"}
    store = Store(workspace.leaderboard)
    told = {
        name: result.provenance.libraries.get("timm")
        for name in ("healthy", "titles", "both", "all")
        if (result := store.result("colours", name))
    }
    assert told == {"healthy": None} | dict.fromkeys(("titles", "both", "all"), version("timm"))


def test_what_a_stage_requires_must_be_there(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("titles", TITLES, "metadata")
    fusion("both", 'fuse = ["healthy", "titles"]')
    fusion("all", 'fuse = ["both", "healthy"]')
    require(workspace.submissions / "titles", "nowhere==1.0")
    lacks = (
        f"{workspace.submissions / 'titles' / 'submission.toml'}: requires: needs nowhere==1.0, "
        "none is installed; pip install nowhere==1.0"
    )
    said = {name: (one.state, one.detail) for name, one in run_all().items()}
    assert said.pop("healthy")[0] == "scored"
    assert said == dict.fromkeys(("titles", "both", "all"), ("failed", lacks))


def test_the_size_of_the_whole_is_the_sum(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    sized = "\n    def parameters(self):\n        return {'text': 5}\n"
    submit("titles", TITLES + sized, "metadata")
    submit("again", RERANKER + sized, more='\n[pipeline]\nfirst = "titles"\n')
    manifest = workspace.submissions / "again" / "submission.toml"
    manifest.write_text(manifest.read_text().replace('["image"]', '["image", "metadata"]'))
    fusion("all", 'fuse = ["again", "titles", "healthy"]')
    run_all()
    store = Store(workspace.leaderboard)
    kept = {
        name: result.size.bytes_per_painting
        for name in ("titles", "again", "all")
        if (result := store.result("colours", name))
    }
    assert kept == {"titles": None, "again": None, "all": 12}  # those of its one encoder
    sizes = {
        name: result.size.parameters
        for name in ("titles", "again", "all")
        if (result := store.result("colours", name))
    }
    assert sizes == {"titles": {"text": 5}, "again": {"text": 10}, "all": {"text": 10}}


def test_it_answers_other_texts_with_what_is_kept_of_pictures(
    session: Make, reranker: Path, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    asked = asked_of(monkeypatch)
    here, put = session(), Asked(lambda: ["all green"], "a" * 64)
    found = rank(pipeline.prepare(here, load(reranker), put, quiet), here.collection, ["q"])
    assert found.ids[0][0] == "p-green"
    assert "encode_images" not in asked and asked.count("rerank") == 1


def test_check_tries_the_whole_then_its_own_model(
    workspace: Workspace, session: Make, reranker: Path
) -> None:
    every = list(selftest(reranker, load(reranker), session(), quiet))
    assert all(one.passed for one in every), every
    assert [(one.what, one.detail) for one in every if one.of == "pipeline"] == [
        ("stands on", "healthy"),
        ("8 texts", "8 of 8 found any of 8 paintings"),
        ("empty text", "1 of 1 found any of 8 paintings"),
        ("500 words", "1 of 1 found any of 8 paintings"),
        ("emoji", "1 of 1 found any of 8 paintings"),
    ]
    assert {one.of for one in every} == {"pipeline", "", "Reranker, pictures", "Reranker, texts"}


def test_check_names_the_stage_that_fails(
    workspace: Workspace, session: Make, submit: Submit, fusion: Callable[..., Path]
) -> None:
    code = TITLES.replace(
        "lists, scores = [], []", "assert all(texts)\n        lists, scores = [], []"
    )
    submit("titles", code, "metadata")
    both = fusion("both", 'fuse = ["healthy", "titles"]')
    (only,) = [one for one in selftest(both, load(both), session(), quiet) if not one.passed]
    assert only.what == "empty text"
    assert only.detail.startswith("its stage 'titles': AssertionError")


def test_a_pipeline_is_audited(workspace: Workspace, session: Make, reranker: Path) -> None:
    chosen = load_all(workspace.submissions, ["again"])
    (outcome,) = run(session(), chosen, lambda name: quiet, costs=False, audits=True)
    assert outcome.detail.partition("audit: ")[2] in ("holds", "too weak to tell")
    result = Store(workspace.leaderboard).result("colours", "again")
    assert result is not None and result.disguise is not None


DECLARED = """
name = "colours"
title = "Colours"
licence = "CC0-1.0"
judgments = "incomplete"
[graph]
catalogue = "catalogue.ttl"
"""


def give_graph(gallery: Path) -> None:
    """Declare a catalogue graph, which only its owner may read."""
    (gallery / "collection.toml").write_text(DECLARED)
    path = gallery / "catalogue.ttl"
    path.write_text(catalogue(), encoding="utf-8")
    path.chmod(0o600)


def test_a_searcher_answers_from_the_graph_alone(
    workspace: Workspace, gallery: Path, session: Make, submit: Submit
) -> None:
    submit("reader", GRAPH_SEARCHER, "graph")
    chosen = load_all(workspace.submissions, ["reader"])
    give_graph(gallery)
    here = session()
    (outcome,) = run(here, chosen, lambda name: quiet, costs=False, audits=True)
    assert outcome.state == "scored"
    assert outcome.detail.endswith("; audit: none, for new pictures are in no graph")
    found = stored(workspace, "reader")
    assert dict(zip(found.query_ids, found.ids, strict=True)) == {
        "q1": ("p-red",),
        "q2": ("p-blue",),
        "q3": ("p-yellow", "p-white"),
        "q4": ("p-yellow", "p-white"),
    }


def test_who_names_the_graph_must_read_it_and_there_must_be_one(
    workspace: Workspace, gallery: Path, session: Make, submit: Submit, run_all: RunAll
) -> None:
    submit("reader", GRAPH_SEARCHER, "graph")
    assert run_all("reader")["reader"].detail == (
        f"{gallery}: has no catalogue graph, which reader reads (inputs); "
        "run it on a collection that has one"
    )
    submit("blind", TITLES, "graph")
    give_graph(gallery)
    here = session()
    chosen = load_all(workspace.submissions, ["blind"])
    (outcome,) = run(here, chosen, lambda name: quiet, costs=False)
    assert outcome.detail == (
        "is no GraphReader; give it the methods of benchmark.abilities.GraphReader"
    )


@pytest.mark.parametrize(
    ("table", "inputs", "message"),
    [
        ('fuse = ["healthy", "nobody"]', None,
         "pipeline.fuse: no submission is named 'nobody'; mend the name, or add it"),
        ('fuse = ["healthy", "mine"]', None,
         "pipeline.fuse: goes in a circle (mine > mine); name another stage"),
        ('fuse = ["healthy", "ring"]', None,
         "pipeline.fuse: goes in a circle (mine > ring > mine); name another stage"),
        ('fuse = ["healthy", "healthy"]', None, "pipeline: fuse names a submission twice"),
        ('fuse = ["healthy"]', None, "pipeline.fuse: List should have at least 2 items..."),
        ('fuse = ["healthy", "titles"]', '["image"]',
         "inputs: lacks \"metadata\", which its stage 'titles' sees; add it"),
        ('fuse = ["healthy", "titles"]\ndepth = 5', None,
         "pipeline: depth goes with first, constant with fuse"),
        ('first = "healthy"\nfuse = ["healthy", "titles"]', None,
         "pipeline: name exactly one of first, fuse"),
        ('fuze = ["healthy", "titles"]', None,
         "pipeline.fuze: unknown key; did you mean 'fuse'?"),
        ('first = "healthy"', None, "model: missing; add it"),
        ('fuse = ["healthy", "titles"]\n[model]\nadapter = "python"', None,
         "model: a fusion has no model of its own: remove the table"),
        ('first = "titles"\n[model]\nadapter = "python"', '["metadata"]',
         'inputs: a re-ranker sees pictures: add "image"'),
    ],
)  # fmt: skip
def test_a_bad_pipeline_is_refused_in_one_line(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path],
    table: str, inputs: str | None, message: str,
) -> None:  # fmt: skip
    submit("titles", TITLES, "metadata")
    fusion("ring", 'fuse = ["titles", "mine"]')
    folder = fusion("mine", table, inputs or '["image", "metadata"]')
    with pytest.raises(BadInput) as caught:
        load(folder)
    said = str(caught.value)
    assert "\n" not in said
    at = "ring" if "ring >" in message else "mine"
    head = f"{workspace.submissions / at / 'submission.toml'}: "
    assert said.startswith(head)
    wanted, dots, _ = message.partition("...")
    assert said.removeprefix(head).startswith(wanted) if dots else said == head + message
