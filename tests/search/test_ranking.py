from __future__ import annotations

import numpy as np
import pytest

from benchmark.errors import SubmissionFailed
from benchmark.search.ranking import ranking

KNOWN = {"a", "b", "c", "d"}


def test_lists_are_put_in_the_one_order_and_cut() -> None:
    run = ranking(["q", "r"], [["a", "b", "c"], []], [[1, 1, 2], []], KNOWN, 2)
    assert run.query_ids == ("q", "r")
    assert run.ids == (("c", "b"), ())
    assert run.scores[0].tolist() == [2, 1]
    assert run.scores[0].dtype == np.float32


@pytest.mark.parametrize(
    ("ids", "scores", "message"),
    [
        ([["a"]], [[1.0]], "search returned 1 lists of ids and 1 of scores for 2 texts"),
        ([["a"], ["b"]], [[1.0], [1.0, 2.0]], "search returned 1 ids, (2,) scores"),
        ([["a"], ["b"]], [[1.0], [float("nan")]], "search returned NaN or infinity for text 1"),
        ([["a"], ["b"]], [[float("inf")], [1.0]], "search returned NaN or infinity for text 0"),
        ([["a", "a"], ["b"]], [[1.0, 2.0], [1.0]], "search listed a painting twice for text 0"),
        ([["x"], ["b"]], [[1.0], [1.0]], "search returned an unknown painting 'x'"),
    ],
)
def test_refuses(ids: list, scores: list, message: str) -> None:
    with pytest.raises(SubmissionFailed) as caught:
        ranking(["q", "r"], ids, scores, KNOWN, 5)
    assert str(caught.value) == message
