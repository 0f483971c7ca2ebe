"""Talks are played: reactions reach the system, and what was reacted to is gone."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.play import Asked, play
from benchmark.conversing.talk import Known, System, Turn

SEEN: list[tuple[Turn, ...]] = []


def answer(turns: Sequence[Turn], known: Known) -> Sequence[str]:
    SEEN.append(tuple(turns))
    return known.lists[turns[-1].questions["joined"]]


TALK = [
    Asked("a", "", {"joined": "a"}, False, False, {"p1": 3, "p3": 1}),
    Asked("b", "", {"joined": "b"}, True, True, {"p1": 3, "p4": 2}),
    Asked("c", "", {"joined": "c"}, False, False, {"p5": 3}),
]
LISTS = {"a": ["p0", "p1", "p2", "p3"], "b": ["p1", "p0", "p4", "p2"], "c": ["p2", "p4", "p5"]}


def test_one_talk_by_hand() -> None:
    SEEN.clear()
    first, second, third = play(System("s", "s", answer), TALK, Known(LISTS))
    assert first.shown == ("p0", "p1", "p2", "p3") and first.gone == frozenset()
    assert (first.turn.liked, first.turn.rejected) == (("p1",), ("p0",))
    assert second.turn.pointed == "p1"  # the best of the last answer, by its own judgments
    assert second.gone == {"p0", "p1"} and second.shown == ("p4", "p2")
    assert (second.turn.liked, second.turn.rejected) == (("p4",), ())
    assert third.shown == ("p2", "p5")  # p2 was seen, and nothing was said of it
    assert [len(turns) for turns in SEEN] == [1, 2, 3]
    assert SEEN[1][0].liked == ("p1",) and SEEN[1][1].liked == ()
    assert [turn.takes_back for turn in SEEN[2]] == [False, True, False]


def test_where_nothing_is_worth_anything_only_words_are_said() -> None:
    talk = [
        Asked("a", "", {"joined": "a"}, False, False, {}),
        Asked("b", "", {"joined": "b"}, False, True, {"p4": 3}),
    ]
    _, second = play(System("s", "s", answer), talk, Known(LISTS))
    assert second.turn.pointed is None and second.gone == {"p0", "p1"}
