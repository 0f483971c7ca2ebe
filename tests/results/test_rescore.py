from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmark import tasks
from benchmark.collections.knowledge import Knowledge
from benchmark.errors import BadInput
from benchmark.queries.load import QuerySet
from benchmark.records import Query
from benchmark.results import rescore as rescores
from benchmark.results.rescore import rescore
from benchmark.results.store import Store
from benchmark.tasks import Sources
from tests.results.made import QUERY_SET, RUN, SCORES, result

SOURCES = Sources(QUERY_SET, lambda: Knowledge({}, {}))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    return store


def test_scores_the_stored_run_and_keeps_the_rest(store: Store) -> None:
    scored = rescore(store, result(), "f", SOURCES)
    assert scored == store.result("g", "s")
    assert store.scores("g", "s")["mrr"] == {"q1": 1.0, "q2": 0.0}
    assert scored.measures["mrr"].mean == 0.5
    assert scored.cost == result().cost
    assert scored.provenance == result().provenance
    assert scored.space == result().space


def test_follows_new_judgments(store: Store) -> None:
    more = replace(QUERY_SET, qrels=QUERY_SET.qrels | {"q2": {"c": 3}})
    scored = rescore(store, result(), "f", Sources(more, SOURCES.know))
    assert scored.measures["mrr"].mean == 1.0
    assert scored.queries.qrels_digest == more.qrels_digest
    assert scored.space is None  # the rows that it was taken from are not here


def refusal(store: Store, fingerprint: str, query_set: QuerySet) -> str:
    with pytest.raises(BadInput) as caught:
        rescore(store, result(), fingerprint, Sources(query_set, SOURCES.know))
    assert store.result("g", "s") == result()
    return str(caught.value).replace(str(store.folder), "L")


def test_a_run_of_something_else_is_not_scored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    remedy = "; cimaise run s --collection g"
    assert refusal(store, "other", QUERY_SET) == (
        "L/results/g/s.json: its run is of another state of the gallery" + remedy
    )
    asked = (Query("q1", "uno"), QUERY_SET.queries[1])
    assert refusal(store, "f", replace(QUERY_SET, queries=asked)) == (
        "L/results/g/s.json: its run answers other queries than these" + remedy
    )
    monkeypatch.setattr(rescores, "rank_code", lambda similarity: "other")
    assert refusal(store, "f", QUERY_SET) == (
        "L/results/g/s.json: its run was ranked by other code than this" + remedy
    )


def test_a_new_task_needs_a_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**result().sections, "styles": None}
    monkeypatch.setattr(tasks, "sections", lambda *given: more)
    assert refusal(store, "f", QUERY_SET) == (
        "L/results/g/s.json: its run was not asked the questions of 'styles'"
        "; cimaise run s --collection g"
    )


def test_other_code_of_the_space_drops_what_it_gave(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescores, "space_code", lambda: "other")
    scored = rescore(store, result(), "f", SOURCES)
    assert scored.space is None
    assert scored.provenance.space_code == ""


def test_other_scorers_are_stamped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescores, "families_code", lambda: {"relevance": "other"})
    scored = rescore(store, result(), "f", SOURCES)
    assert scored.provenance.families == {"relevance": "other"}
    assert scored.space == result().space
