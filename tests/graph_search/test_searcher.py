from __future__ import annotations

from time import perf_counter

from benchmark.abilities import Bounded, Explainer, GraphReader, Searcher
from benchmark.graph_search.linking import LONGEST
from tests.graph_search import small
from tests.graph_search.small import found, searcher


def test_it_reads_the_graph_searches_and_explains() -> None:
    made = searcher()
    for ability in (GraphReader, Searcher, Explainer, Bounded):
        assert isinstance(made, ability)


def test_a_text_of_100_kilobytes_takes_no_longer_than_its_beginning() -> None:
    """Regression: the time grew with the square of the number of words."""
    made = searcher()
    for word in ("dog ", "1650 ", "notaword ", "ab. not ", "é", "🎨 "):
        text = word * (100_000 // len(word))
        began = perf_counter()
        ids, scores = made.search([text], 10)
        why = made.explain(text, list(small.IDS))
        assert perf_counter() - began < 3
        assert (ids, scores) == made.search([text[:LONGEST]], 10)
        assert len(why) == len(small.IDS)
    assert found(made, "dog " * 25_000) == ["p-hound"]
    assert made.truncated(["dog", "d" * LONGEST, "d" * (LONGEST + 1)]) == 1
