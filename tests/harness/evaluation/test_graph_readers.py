"""Readers of the catalogue graph by the real harness over the tiny gallery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmark.commands.scaffold import scaffold
from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.selftest.selftest import selftest
from benchmark.results.store import Store
from benchmark.submission import load, load_all
from benchmark.workspace import Workspace
from tests.conftest import QUERIES, write_queries
from tests.harness.evaluation.test_stages import files
from tests.harness.pipelines import quiet, stored
from tests.toys import EXPLAINER, GRAPH_SEARCHER, TITLES, catalogue

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


ABOUT = "<https://schema.org/about>"


def said(colour: str) -> tuple[str, str, str]:
    """What the catalogue says of a painting of the gallery."""
    return f"<urn:p:{colour}>", ABOUT, f'"{colour}"'


def test_a_searcher_that_is_started_here_keeps_the_protocol(
    workspace: Workspace, gallery: Path, session: Make
) -> None:
    give_graph(gallery)
    scaffold(workspace.submissions / "mine", "graph")
    mine = load(workspace.submissions / "mine")
    every = list(selftest(workspace.submissions / "mine", mine, session(), quiet))
    assert len(every) > 10
    assert [one for one in every if not one.passed] == []


def test_reasons_are_kept_with_the_run_and_read_back(
    workspace: Workspace, gallery: Path, submit: Submit, run_all: RunAll
) -> None:
    submit("explainer", EXPLAINER, "graph")
    submit("silent", GRAPH_SEARCHER, "graph")
    give_graph(gallery)
    assert {one.state for one in run_all().values()} == {"scored"}
    store = Store(workspace.leaderboard)
    both = {"p-yellow": [said("yellow")], "p-white": [said("white")]}
    assert store.reasons("colours", "explainer") == {
        "q1": {"p-red": [said("red")]},
        "q2": {"p-blue": [said("blue")]},
        "q3": both,
        "q4": both,
    }
    assert store.reasons("colours", "silent") == {}
    assert not store.has_reasons("colours", "healthy")


def test_reasons_that_stand_are_left_and_those_that_are_missing_made_again(
    workspace: Workspace, gallery: Path, submit: Submit, run_all: RunAll
) -> None:
    submit("explainer", EXPLAINER, "graph")
    give_graph(gallery)
    run_all("explainer")
    before = files(workspace)
    assert run_all("explainer")["explainer"].state == "unchanged"
    assert run_all("explainer", fresh=True)["explainer"].state == "confirmed"
    assert files(workspace) == before
    path = Store(workspace.leaderboard).reasons_path("colours", "explainer")
    path.unlink()
    assert run_all("explainer")["explainer"].state == "confirmed"
    assert {name: data for name, (data, _) in files(workspace).items() if "reasons" in name} == {
        name: data for name, (data, _) in before.items() if "reasons" in name
    }
    assert run_all("explainer")["explainer"].state == "unchanged"


def test_a_fusion_keeps_what_its_reader_of_the_graph_says(
    workspace: Workspace,
    gallery: Path,
    submit: Submit,
    fusion: Callable[..., Path],
    run_all: RunAll,
) -> None:
    submit("explainer", EXPLAINER, "graph")
    fusion("both", 'fuse = ["healthy", "explainer"]\nweights = [1.0, 4.0]', '["image", "graph"]')
    give_graph(gallery)
    assert run_all("both")["both"].state == "scored"
    found, why = stored(workspace, "both"), Store(workspace.leaderboard).reasons("colours", "both")
    assert found.ids[0][0] == "p-red" and len(found.ids[0]) == 8
    assert set(why["q1"]) == set(found.ids[0])  # it explains whatever it is asked about
    assert why["q1"]["p-red"] == [said("red")]


RIGHT = "return [[self.said(i)] for i in ids]"
WRONG = {
    "another": (
        "return [[('<urn:p:red>', '<https://schema.org/about>', '\"blue\"')]]",
        'explain named what the graph does not say: <urn:p:red> <https://schema.org/about> "blue"',
    ),
    "pair": (
        "return [[('a', 'b')]]",
        "ValueError: not enough values to unpack (expected 3, got 2)",
    ),
    "none": ("return None", "TypeError: 'NoneType' object is not iterable"),
    "fails": ("raise KeyError(text)", "KeyError: 'a red field'"),
    "few": ("return []", "explain answered for 0 of 1 paintings"),
    "many": ("return [[self.said(i)] * 33 for i in ids]", "less than or equal to 32"),
    "huge": (
        "return [[('<urn:' + 'x' * 2_000_000 + '>', '<urn:y>', '<urn:z>')]]",
        "bytes where at most",
    ),
}


def test_a_reason_that_is_none_costs_its_own_row_in_one_line(
    workspace: Workspace, gallery: Path, submit: Submit, run_all: RunAll
) -> None:
    assert RIGHT in EXPLAINER
    for name, (line, _) in WRONG.items():
        submit(name, EXPLAINER.replace(RIGHT, line), "graph")
    give_graph(gallery)
    write_queries(workspace.queries / "colours", QUERIES[:1], {"q1": {"p-red": 3}})
    outcomes = run_all()
    assert outcomes.pop("healthy").state == "scored"
    assert {one.state for one in outcomes.values()} == {"failed"}
    for name, (_, told) in WRONG.items():
        assert told in outcomes[name].detail, name
        assert "\n" not in outcomes[name].detail
        assert not list(workspace.leaderboard.rglob(f"{name}.*"))
