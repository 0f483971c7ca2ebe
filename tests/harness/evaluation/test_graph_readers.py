"""Readers of the catalogue graph by the real harness over the tiny gallery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.harness.pipelines import quiet, stored
from tests.toys import GRAPH_SEARCHER, TITLES, catalogue

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]
Make = Callable[..., Session]


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
