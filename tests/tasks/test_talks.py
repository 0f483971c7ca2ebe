"""Conversations played on one submission: what each system gets, and what is kept of it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmark.conversing.constraints import Catalogue
from benchmark.records import Run
from benchmark.scorers import Answers
from benchmark.tasks._talks import Talks
from benchmark.tasks.conversation import TASK
from tests.graph_search.small import store
from tests.tasks.conforms import answered, sources


def test_all_turns_joined_by_hand() -> None:
    # p1 is asked for first and found at rank 2, behind p0; then p2, pointing at p1. What was
    # rejected and liked is gone: p2 comes first instead of third, though its list did not change.
    lists = {"a1-en": ("p0", "p1"), "a2-en": ("p0", "p1", "p2"), "b1-en": ("p9",), "b2-en": ()}
    falling = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    run = Run(tuple(lists), tuple(lists.values()), falling)
    known = sources()
    found, talk = Talks(Answers(run, TASK.judgments(known)), known.query_set.turns).figures()
    assert [*found] == ["joined", "last", "rewritten"]  # there are no embeddings
    joined = found["joined"]
    second = 1 / np.log2(3)
    assert [turn.mean for turn in joined.turns] == pytest.approx([second / 2, 1 / 2])
    assert joined.kinds["point"].mean == pytest.approx(1 / 2)
    assert joined.nsdcg.mean == pytest.approx((second + 2 / 3) / (1 + 2 / 3) / 2)
    assert [one.mean for one in joined.hits] == [0, 0.5]
    assert joined.gain is None and found["last"].gain is not None
    assert talk is not None and talk.system == "joined"
    one, two = talk.turns
    assert (one.said, one.liked, one.rejected) == ("a cat", ["p1"], ["p0"])
    assert (two.said, two.pointed, two.shown, two.liked) == ("but no dog", "p1", ["p2"], ["p2"])


def test_what_needs_embeddings_is_kept_where_they_are_not_at_hand() -> None:
    known = sources()
    answers = answered(TASK, known, 0)
    scores = TASK.score(answers)
    whole = TASK.summary(scores, answers, known)
    assert "rewritten+rocchio" in whole.systems
    bare = TASK.summary(scores, Answers(answers.run, answers.judgments, answers.paintings), known)
    assert "rewritten+rocchio" not in bare.systems
    assert bare.keeping(whole) == whole
    assert bare.keeping(bare) == bare


def test_what_looks_at_the_graph_is_played_where_there_is_one() -> None:
    known = sources()
    answers = answered(TASK, known, 0)
    catalogue = Catalogue(store(), answers.embeddings.painting_ids)
    assert "constrained" not in Talks(answers, known.query_set.turns).figures()[0]
    found, _ = Talks(answers, known.query_set.turns, catalogue).figures()
    assert found["constrained"].needs_graph and found["constrained+rocchio"].needs_embeddings
    assert not found["joined"].needs_graph
