from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmark.search.ties import id_ranks, top_k


def test_ids_are_compared_by_their_bytes_the_greatest_first() -> None:
    # U+FF5E comes after the surrogates of U+1F600 in UTF-16, but before it in UTF-8.
    ids = ["a", "B", "é", "\uff5e", "\U0001f600", "a0", "Z"]
    order = [ids[row] for row in np.argsort(id_ranks(ids))]
    assert order == ["\U0001f600", "\uff5e", "é", "a0", "a", "Z", "B"]


def test_equal_scores_stand_in_descending_id_order() -> None:
    ids = ["b", "a", "d", "c"]
    scores = np.array([1, 2, 1, 2], np.float32)
    assert [ids[row] for row in top_k(scores, id_ranks(ids), 4)] == ["c", "a", "d", "b"]


def test_a_tie_across_the_cut_is_decided_by_id() -> None:
    ids = ["a", "b", "c", "d", "e"]
    scores = np.array([1, 1, 1, 1, 2], np.float32)
    assert [ids[row] for row in top_k(scores, id_ranks(ids), 3)] == ["e", "d", "c"]


def test_scores_that_are_equal_as_float32_tie() -> None:
    scores = np.array([1.0 + 1e-12, 1.0], np.float64)
    assert top_k(scores, id_ranks(["a", "b"]), 1).tolist() == [1]


def test_minus_zero_is_zero() -> None:
    assert top_k(np.array([0.0, -0.0]), id_ranks(["a", "b"]), 2).tolist() == [1, 0]


def test_more_asked_than_there_is() -> None:
    assert top_k(np.array([1.0]), id_ranks(["a"]), 5).tolist() == [0]
    assert top_k(np.array([]), id_ranks([]), 5).tolist() == []


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8"), max_size=3), st.integers(0, 3)),
        min_size=1,
        max_size=30,
        unique_by=lambda pair: pair[0],
    ),
    st.integers(1, 40),
)
def test_agrees_with_sorting(pairs: list[tuple[str, int]], k: int) -> None:
    wanted = sorted(pairs, key=lambda pair: (pair[1], pair[0].encode()), reverse=True)[:k]
    ids, scores = [name for name, _ in pairs], np.array([score for _, score in pairs])
    assert [pairs[row] for row in top_k(scores, id_ranks(ids), k)] == wanted
