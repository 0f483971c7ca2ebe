"""What one tab holds, without a page."""

from __future__ import annotations

from benchmark.demo.live_search import Answer, Search
from benchmark.demo.offered import Offer
from benchmark.demo.preparing import Preparing, liked_best
from benchmark.demo.tab import Tab
from benchmark.demo.turns import Question, Talk


class Answering:
    """A search that answers at once: "broken" fails."""

    def answer(self, name: str, question: Question) -> Answer:
        return Answer(name, failed="broke" if name == "broken" else "")


def tab(*offers: Offer) -> Tab:
    search: Search = Answering()  # type: ignore[assignment]
    preparing = Preparing(search)
    preparing.offers, preparing.first = list(offers), liked_best(list(offers))
    return Tab(search, preparing)


READY = Offer("graph-search", "t"), Offer("aaa", "t"), Offer("bbb", "t", "", True)


def test_what_is_proposed() -> None:
    one = tab(*READY, Offer("cimaise-student", "t", "no stored embeddings"))
    assert one.names == ["graph-search"]
    one.side_by_side(True)
    assert one.names == ["graph-search", "bbb"]
    one.choose(0, "bbb")
    assert one.names == ["bbb", "graph-search"]
    one.side_by_side(False)
    assert one.names == ["bbb"]
    assert tab().names == []
    assert tab(Offer("aaa", "t", "lacks all")).names == []


def test_answers_are_kept_by_turn_and_failures_asked_again() -> None:
    one = tab(Offer("aaa", "t"), Offer("broken", "t"))
    one.side_by_side(True)
    assert one.pending() == []
    one.talk = Talk().saying("a boat")
    assert [name for name, _ in one.pending()] == ["aaa", "broken"]
    for asked in one.pending():
        one.find(*asked)
    assert one.answer("broken") == Answer("broken", failed="broke")
    assert [name for name, _ in one.pending()] == ["broken"]
    one.talk = one.talk.saying("red")
    assert one.answer("aaa") is None
    one.talk = one.talk.back_to(1)
    assert one.answer("aaa") == Answer("aaa")
