"""Turns of a talk, reactions, going back, and what was typed."""

from __future__ import annotations

import pytest

from benchmark.demo.turns import LONGEST, Question, Talk, Turn, cleaned


def test_words_of_all_turns_are_asked() -> None:
    talk = Talk().saying("a boat").saying("at night!").saying("no people")
    assert talk.question() == Question("a boat. at night! no people.", None, (), ())


def test_reactions_count_from_the_next_turn_on_and_the_last_one_stands() -> None:
    talk = Talk().saying("a boat").liking("a").rejecting("b").liking("c")
    assert talk.question() == Question("a boat.", None, (), ())
    talk = talk.saying("red").rejecting("a").rejecting("b")
    assert talk.question() == Question("a boat. red.", None, ("a", "c"), ("b",))
    talk = talk.saying("blue")
    assert talk.question() == Question("a boat. red. blue.", None, ("c",), ("a", "b"))


def test_a_second_press_takes_a_reaction_back() -> None:
    talk = Talk().saying("a boat").liking("a").liking("a").liking("b").rejecting("b")
    assert talk.shown == Turn("a boat", None, (), ("b",))


def test_what_is_pointed_at_is_asked_and_later_liked_unless_it_is_rejected() -> None:
    talk = Talk().saying("a boat").saying("", "a")
    assert talk.question() == Question("a boat.", "a", (), ())
    later = talk.saying("at night")
    assert later.question() == Question("a boat. at night.", None, ("a",), ())
    refused = Talk().saying("a boat").rejecting("a").saying("", "a").saying("at night")
    assert refused.question().rejected == ("a",)


def test_going_back_shows_an_earlier_turn_and_saying_more_forgets_the_rest() -> None:
    talk = Talk().saying("a boat").saying("red").saying("blue")
    back = talk.back_to(1)
    assert (back.shown.words, len(back.turns)) == ("a boat", 3)
    assert back.question().text == "a boat."
    assert [one.words for one in back.saying("green").turns] == ["a boat", "green"]
    assert back.back_to(3) == talk
    assert talk.back_to(99) == talk and talk.back_to(-1).at == 0


@pytest.mark.parametrize(
    ("typed", "words", "cut"),
    [
        ("  a  boat\n", "a boat", False),
        ("", "", False),
        (" \t\n", "", False),
        ("un\u202ebateau\x00", "un bateau", False),
        ("船 в море 🚣", "船 в море 🚣", False),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", False),
        ("x" * LONGEST, "x" * LONGEST, False),
        ("x" * 100_000, "x" * LONGEST, True),
        (" " * 100_000, "", True),
    ],
)
def test_what_is_typed_is_one_line_of_bounded_length(typed: str, words: str, cut: bool) -> None:
    assert cleaned(typed) == (words, cut)
