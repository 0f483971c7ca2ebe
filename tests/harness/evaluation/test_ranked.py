"""A submission that names a similarity, by the real harness over the tiny gallery."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation import plan, sample
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.pipeline import lists
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.records import Run
from benchmark.results.rescore import rescore
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.search.fusion import reciprocal_rank_fusion
from benchmark.search.similarities import SIMILARITIES, search
from benchmark.submission import load, load_all
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY
from tests.harness.evaluation.test_run import forbid_workers
from tests.harness.evaluation.test_stages import files
from tests.harness.pipelines import quiet, stored
from tests.toys import TITLES

RunAll = Callable[..., dict[str, Outcome]]
Submit = Callable[..., Path]
Make = Callable[..., Session]

LONG = HEALTHY.replace("return unit(", "return 7 * unit(")
"""Not of unit length, so that the inner product and others differ."""


def named(similarity: str) -> str:
    return f'\n[search]\nsimilarity = "{similarity}"\n'


def result(workspace: Workspace, name: str) -> Result:
    found = Store(workspace.leaderboard).result("colours", name)
    assert found is not None
    return found


def same(a: Run, b: Run) -> bool:
    scores = zip(a.scores, b.scores, strict=True)
    return a.ids == b.ids and all((one == other).all() for one, other in scores)


@pytest.mark.parametrize("similarity", list(SIMILARITIES))
def test_lists_are_by_the_similarity_that_is_named(
    workspace: Workspace, submit: Submit, run_all: RunAll, session: Make, similarity: str
) -> None:
    submit("mine", LONG, more=named(similarity))
    assert run_all("mine")["mine"].state == "scored"
    here = session()
    manifest = load(workspace.submissions / "mine")
    entry = here.entry(manifest, here.questions.texts_digest)
    texts, images = (np.load(folder / name) for folder, name in (
        (entry.texts, "texts.npy"), (entry.images, "images.npy")))  # fmt: skip
    asked = [name for name, _ in here.asked]
    expected = search(similarity, asked, texts, here.collection.ids, images, 100)
    assert same(stored(workspace, "mine"), expected)
    kept = result(workspace, "mine")
    assert kept.about.similarity == similarity
    assert kept.size.bytes_per_painting == (1 if similarity in ("jaccard", "overlap") else 12)
    assert kept.space is not None
    assert kept.space.similarities[similarity].main == kept.measures["ndcg@10"]
    anew = lists(here, manifest, here.collection, here.asked)
    assert same(anew, expected)


def test_who_names_none_is_searched_by_the_inner_product_as_ever(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    submit("mine", LONG)
    submit("told", LONG, more=named("inner product"))
    run_all()
    assert same(stored(workspace, "mine"), stored(workspace, "told"))
    one, other = result(workspace, "mine"), result(workspace, "told")
    assert one.about.similarity == other.about.similarity == "inner product"
    assert one.provenance.rank_code == other.provenance.rank_code


def test_what_is_no_encoder_is_refused_in_one_line(submit: Submit, run_all: RunAll) -> None:
    submit("titles", TITLES, "metadata", more=named("cosine"))
    outcome = run_all("titles")["titles"]
    assert (outcome.state, outcome.detail) == (
        "failed", "is no Encoder, so no embeddings are searched: remove [search]",
    )  # fmt: skip


def test_a_stage_of_a_pipeline_is_searched_by_what_it_names(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path], run_all: RunAll
) -> None:
    submit("sets", LONG, more=named("jaccard"))
    fusion("both", 'fuse = ["healthy", "sets"]', '["image"]')
    run_all()
    runs = [stored(workspace, name) for name in ("healthy", "sets")]
    assert runs[0].ids != runs[1].ids
    assert stored(workspace, "both").ids == reciprocal_rank_fusion(runs, 60, 100).ids


def test_nothing_stale_where_it_was_scored_and_a_sample_confirms_it_elsewhere(
    workspace: Workspace, submit: Submit, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "SAMPLE", 4)
    monkeypatch.setattr(plan, "SAMPLED_FROM", 8)
    submit("mine", LONG, more=named("jensen-shannon"))
    run_all("mine")
    before = files(workspace)
    shutil.rmtree(workspace.cache)
    outcome = run_all("mine")["mine"]
    assert outcome.state == "confirmed"
    assert outcome.detail.startswith("4 of 8 pictures, largest difference ")
    forbid_workers(monkeypatch)
    assert run_all("mine")["mine"] == Outcome("mine", "unchanged")
    assert files(workspace) == before


def test_stored_runs_are_scored_anew_under_their_own_similarity(
    workspace: Workspace, gallery: Path, submit: Submit, run_all: RunAll, session: Make
) -> None:
    submit("mine", LONG, more=named("overlap"))
    run_all("mine")
    kept, here = result(workspace, "mine"), session()
    store = Store(workspace.leaderboard)
    assert rescore(store, kept, here.fingerprint, here.sources).sections == kept.sections
    assert find(str(gallery), workspace).name == "colours"


def test_an_audit_asks_by_it_on_both_sides(
    workspace: Workspace, submit: Submit, session: Make
) -> None:
    submit("mine", LONG, more=named("cosine"))
    chosen = load_all(workspace.submissions, ["mine"])
    say = lambda name: quiet  # noqa: E731
    list(run(session(), chosen, say, costs=False, audits=True))
    found = result(workspace, "mine").disguise
    assert found is not None and found.alike.mean > 0.9
