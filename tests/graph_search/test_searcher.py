from __future__ import annotations

from time import perf_counter

from benchmark.abilities import MOST_TRIPLES, Bounded, Explainer, GraphReader, Searcher
from benchmark.graph_search.linking import LONGEST
from benchmark.graph_search.weights import GUESS
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
        assert perf_counter() - began < 10
        assert (ids, scores) == made.search([text[:LONGEST]], 10)
        assert len(why) == len(small.IDS)
    assert found(made, "dog " * 25_000) == ["p-hound"]
    assert made.truncated(["dog", "d" * LONGEST, "d" * (LONGEST + 1)]) == 1


def test_it_names_no_more_triples_than_a_harness_takes() -> None:
    """Regression: for a long text it named more, and its own run failed."""
    many = "".join(
        f':t{n} skos:prefLabel "thing{n}"@en . :p1 crm:P62_depicts :t{n} .' for n in range(40)
    )
    made = searcher(small.GRAPH + many)
    text = " ".join(f"thing{n}" for n in range(40))
    (why,) = made.explain(text, ["p-hound"])
    assert len(why) == MOST_TRIPLES == 32
    assert why[0][2] == "<urn:x:t0>"


def test_what_is_not_wanted_comes_last_or_not_at_all() -> None:
    made = searcher()
    assert found(made, "an animal, but not a lion") == ["p-hound"]
    assert found(made, "a painting without a lion") == []
    assert found(made, "a painting without a red gate") == []  # a title is no reason either
    assert found(made, "an animal, not of the 17th century") == ["p-hound"]
    assert made.explain("not a lion, not of the 1660s, no noon", ["p-lion"]) == [[]]


def test_a_date_in_other_figures_is_none() -> None:
    """Regression: "²²²²" is of digits to Python, and no number."""
    made = searcher(small.GRAPH.replace('"1660"', '"²²²²"'))
    assert found(made, "the 17th century") == ["p-jerome"]


def test_what_counts_for_nothing_is_no_reason() -> None:
    """Regression: evidence whose weight is 0 was named among the reasons."""
    none = GUESS.model_copy(
        update={"date": 0.0, "title": 0.0, "kind": dict.fromkeys(GUESS.kind, 0.0)}
    )
    made = searcher(weights=none)
    assert found(made, "a dog by a red gate, 1888") == []
    assert made.explain("a dog by a red gate, 1888", ["p-hound"]) == [[]]
    assert len(searcher().explain("a dog by a red gate, 1888", ["p-hound"])[0]) == 4


def test_of_reasons_that_count_the_same_the_greatest_is_named() -> None:
    """Regression: it was the one that was met first, in an order that is no one's."""
    turtle = ':p1 s:identifier "p-hound" . ' + " ".join(
        f':d{n} skos:prefLabel "dog"@en . :p1 crm:P62_depicts :d{n} .' for n in range(9)
    )
    ((why,),) = searcher(turtle).explain("dog", ["p-hound"])
    assert why[2] == "<urn:x:d8>"
