"""The talk rewritten by rules into one query that reads like a caption."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.talk import Known, System, Turn, listed
from benchmark.conversing.wordings import JOINED, REWRITTEN


def answer(turns: Sequence[Turn], known: Known) -> Sequence[str]:
    """The list for the rewritten talk; for all turns joined where nothing is left of it."""
    return listed(turns, known, REWRITTEN, JOINED)


SYSTEM = System("rewritten", "the talk rewritten by rules into one query", answer)
