"""Answers with the triples of the catalogue graph that speak for them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmark.collections.registry import find
from benchmark.collections.triples_in_words import InWords, Why
from benchmark.demo.live_search import Search
from benchmark.demo.offered import offers
from benchmark.demo.phrases import says
from benchmark.demo.turns import Talk
from benchmark.harness.evaluation.session import Session
from benchmark.workspace import Workspace
from tests.harness.evaluation.test_graph_readers import give_graph, said
from tests.toys import EXPLAINER

Submit = Callable[..., Path]
RED = Talk().saying("something red here").question()


def opened(workspace: Workspace, gallery: Path) -> Search:
    return Search(Session(workspace, find(str(gallery), workspace), "auto", False, trust=True))


def test_what_speaks_for_a_painting_comes_with_it(
    workspace: Workspace, gallery: Path, submit: Submit
) -> None:
    submit("reader", EXPLAINER, "graph")
    give_graph(gallery)
    with closing(opened(workspace, gallery)) as search:
        (found,) = search.answer("reader", RED).found
        assert (found.painting, found.reasons) == ("p-red", (said("red"),))
        assert search.graph is not None
        assert InWords(search.graph, says).why(found.reasons) == Why((), ("about “red”",))


def test_a_triple_that_the_graph_does_not_hold_fails_the_answer(
    workspace: Workspace, gallery: Path, submit: Submit
) -> None:
    submit(
        "liar",
        EXPLAINER.replace(
            'about = "<https://schema.org/about', 'about = "<https://schema.org/knows'
        ),
        "graph",
    )
    give_graph(gallery)
    with closing(opened(workspace, gallery)) as search:
        failed = search.answer("liar", RED).failed
        assert failed.startswith("liar: ") and "schema.org/knows" in failed


def test_without_a_graph_it_is_not_offered(
    workspace: Workspace, gallery: Path, submit: Submit
) -> None:
    submit("reader", EXPLAINER, "graph")
    with closing(opened(workspace, gallery)) as search:
        (offer,) = offers(search.session, ["reader"])
        assert offer.missing == "colours has no catalogue graph"
        assert "has no catalogue graph" in search.answer("reader", RED).failed
