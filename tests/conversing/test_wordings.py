"""How a talk is worded, and by which ids it is asked."""

from __future__ import annotations

from benchmark.conversing.wordings import joined, questions


def test_all_turns_joined() -> None:
    assert joined(["the sea", "No, calm!", "with one boat"]) == "the sea. No, calm! with one boat."


def test_a_text_is_asked_once_in_a_talk() -> None:
    first, second, third = questions(["a", "b", "c"], ["a farm", "but no hens", "no hens"])
    assert first == dict.fromkeys(("joined", "last", "wanted", "rewritten"), ("a", "a farm.")) | {
        "joined": ("a", "a farm.")
    }
    assert second == {
        "joined": ("b", "a farm. but no hens."),
        "last": ("b|last", "but no hens"),
        "refused": ("b|refused", "hens"),
        "rewritten": ("a", "a farm."),
    }
    assert third["refused"] == ("b|refused", "hens")
    assert third["last"] == ("c|last", "no hens")
