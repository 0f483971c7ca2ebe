from __future__ import annotations

import numpy as np
import pytest

from benchmark import tasks
from benchmark.records import Run
from benchmark.tasks.conversation import ConversationSection
from tests.tasks.conforms import sources


def test_turns_and_sessions_have_values_of_their_own() -> None:
    # The first turn of one conversation is answered at once, the second at the second place;
    # the other conversation is not answered at all.
    lists = (("p1",), ("p9", "p2"))
    run = Run(("a1-en", "a2-en"), lists, tuple(np.ones(len(ids), np.float32) for ids in lists))
    known = sources()
    scores = tasks.score(run, known, 30)
    sections = tasks.sections(scores, run, known, 30)
    second = 1 / np.log2(3)
    assert scores["turn_ndcg@10"] == pytest.approx(
        {"a1-en": 1.0, "a2-en": second, "b1-en": 0.0, "b2-en": 0.0}
    )
    session = (1 + second * 2 / 3) / (1 + 2 / 3)  # the second turn counts two thirds
    assert scores["nsdcg@10"] == pytest.approx({"a-en": session, "b-en": 0.0})
    found = sections["conversation"]
    assert isinstance(found, ConversationSection)
    assert found.sessions == 2
    assert found.nsdcg.mean == pytest.approx(session / 2)
    assert [turn.mean for turn in found.turns] == pytest.approx([0.5, second / 2])
