from __future__ import annotations

import numpy as np

from benchmark.records import Run

RUN = Run(
    ("sea", "moon", "red"),
    (("a", "b", "c"), ("c", "a"), ("b",)),
    tuple(np.array(one, np.float32) for one in ([3, 2, 1], [5, 4], [7])),
)


def test_lists_are_cut_and_those_of_no_depth_are_gone() -> None:
    found = RUN.cut({"sea": 2, "moon": 3, "red": 0})
    assert found.query_ids == ("sea", "moon")
    assert found.ids == (("a", "b"), ("c", "a"))
    assert [one.tolist() for one in found.scores] == [[3, 2], [5, 4]]


def test_the_lists_of_some_queries() -> None:
    found = RUN.only({"red", "sea", "unheard of"})
    assert (found.query_ids, found.ids) == (("sea", "red"), (("a", "b", "c"), ("b",)))
