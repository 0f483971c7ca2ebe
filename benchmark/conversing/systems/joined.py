"""All turns joined: what a searcher without a memory can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.talk import Known, System, Turn, listed
from benchmark.conversing.wordings import JOINED


def answer(turns: Sequence[Turn], known: Known) -> Sequence[str]:
    """The list for all that was said, as one text."""
    return listed(turns, known, JOINED, JOINED)


SYSTEM = System("joined", "all turns joined into one text", answer)
