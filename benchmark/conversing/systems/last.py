"""The last turn alone, as if nothing had been said before."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.talk import Known, System, Turn, listed
from benchmark.conversing.wordings import JOINED, LAST


def answer(turns: Sequence[Turn], known: Known) -> Sequence[str]:
    """The list for the last turn's words."""
    return listed(turns, known, LAST, JOINED)


SYSTEM = System("last", "the last turn alone", answer)
