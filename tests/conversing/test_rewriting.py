"""A talk in one line."""

from __future__ import annotations

from benchmark.conversing.rewriting import rewritten
from benchmark.conversing.words import meaning


def after(*said: str) -> tuple[str, tuple[str, ...]]:
    return rewritten([meaning(text) for text in said])


def test_what_is_added_stays() -> None:
    assert after("show me farms", "in spring") == ("farms, in spring", ())


def test_what_is_refused_leaves_and_is_remembered() -> None:
    assert after("a farm", "with a hen", "but no hens") == ("a farm", ("hens",))
    assert after("a farm", "no hens", "in spring") == ("a farm, in spring", ("hens",))


def test_what_is_taken_back_goes_and_no_more() -> None:
    assert after("a farm", "in spring", "no, in autumn") == ("a farm, in autumn", ())
    said = after("a farm", "in spring", "a goose rather than a hen")
    assert said == ("a farm, in spring, a goose", ("hen",))


def test_what_was_refused_may_be_wanted_again() -> None:
    assert after("a farm", "no hens", "hens after all") == ("hens", ())


def test_a_talk_that_contradicts_itself_leaves_what_was_wanted_last() -> None:
    assert after("hens", "no hens") == ("hens", ("hens",))
    assert after("no hens") == ("", ("hens",))
    assert after("") == ("", ())
