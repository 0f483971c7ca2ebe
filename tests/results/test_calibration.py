from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results.calibration import (
    Listed,
    MonotoneMap,
    brier,
    calibration_error,
    fit,
    listed,
)


def judged(similarity: list[float], relevant: list[int]) -> Listed:
    return Listed(np.array(similarity, float), np.array(relevant, bool), 1)


def test_what_falls_is_pooled_by_hand() -> None:
    """0 | 1 0 | 1 0 1 1: 1 0 and then 1 0 fall, each becomes 1/2, and two equal levels are one."""
    found = fit(judged([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0, 1, 0, 1, 0, 1, 1]))
    assert found.similarities.tolist() == [0.1, 0.2, 0.5, 0.6, 0.7]
    assert found.probabilities.tolist() == [0, 0.5, 0.5, 1, 1]


def test_a_long_fall_is_pooled_by_hand() -> None:
    """1 0 0 -> 1/3 each; then 1 1 0 -> 2/3 each."""
    found = fit(judged([6, 5, 4, 3, 2, 1], [0, 1, 1, 0, 0, 1]))
    assert found.similarities.tolist() == [1, 3, 4, 6]
    assert found.probabilities == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_equal_similarities_have_one_probability_and_weigh_by_their_number() -> None:
    """Three at 0.2 with one relevant, then 0 at 0.4: 1/3 falls to 0, so all four have 1/4."""
    found = fit(judged([0.2, 0.2, 0.2, 0.4, 0.9], [1, 0, 0, 0, 1]))
    assert found.similarities.tolist() == [0.2, 0.4, 0.9]
    assert found.probabilities == pytest.approx([0.25, 0.25, 1])


def test_one_pair_and_one_similarity_are_maps_too() -> None:
    for relevant, expected in (([1], 1), ([1, 0], 0.5)):
        found = fit(judged([0.3] * len(relevant), relevant))
        assert found(np.array([-1.0, 0.3, 9.0])).tolist() == [expected] * 3


def test_between_knots_it_is_straight_and_beyond_them_level() -> None:
    found = MonotoneMap(np.array([0.0, 0.2, 0.4]), np.array([0.1, 0.1, 0.9]))
    assert found(np.array([-3, 0.1, 0.3, 5])) == pytest.approx([0.1, 0.1, 0.5, 0.9])
    assert found.reaches(0.5) == pytest.approx(0.3)
    assert found.reaches(0.1) == 0.0
    assert found.reaches(0.05) == 0.0
    assert found.reaches(0.9) == pytest.approx(0.4)
    assert found.reaches(0.91) is None


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=30))
def test_it_never_falls_keeps_the_mean_and_beats_one_number(pairs: list[tuple[int, bool]]) -> None:
    scores, relevant = zip(*pairs, strict=True)
    one = judged(list(scores), list(relevant))
    found = fit(one)
    assert (np.diff(found.similarities) > 0).all() and (np.diff(found.probabilities) >= 0).all()
    said = found(one.similarity)
    assert said.mean() == pytest.approx(one.relevant.mean())
    alone = np.full(len(said), one.relevant.mean())
    assert brier(said, one.relevant) <= brier(alone, one.relevant) + 1e-12


def test_brier_and_error_by_hand() -> None:
    said, relevant = np.array([0.05, 0.15, 0.65, 1.0]), np.array([False, False, True, False])
    assert brier(said, relevant) == pytest.approx((0.0025 + 0.0225 + 0.1225 + 1) / 4)
    # Each alone in its bin: 0.05 and 0.15 too much, 0.35 too little, 1 too much.
    assert calibration_error(said, relevant) == pytest.approx(1.55 / 4)
    # In one bin, 0.6 to 0.7, of which half are relevant: 0.65 is 0.15 too much.
    assert calibration_error(np.array([0.64, 0.66]), np.array([True, False])) == pytest.approx(0.15)


QUERIES = (Query("q1", "one", topic="t"), Query("q2", "eins", topic="t"), Query("q3", "x"))


def test_whole_lists_are_read_and_grade_two_is_relevant() -> None:
    ids = tuple(f"p{n:02d}" for n in range(12))
    scores = np.linspace(1, 0.45, 12, dtype=np.float32)
    run = Run(("q1", "q2", "q3"), (ids, ids[:1], ids[:1]), (scores, scores[:1], scores[:1]))
    qrels = {"q1": {"p00": 2, "p01": 1, "p02": 3, "p11": 3}, "q2": {"p05": 3}}
    whole = listed(run, QuerySet(QUERIES, qrels, complete=True))
    assert whole.relevant.tolist() == [True, False, True, *[False] * 8, True, False]
    assert whole.similarity[:3] == pytest.approx([1, 0.95, 0.9])
    assert whole.topics == 1  # asked twice; q3 was never judged
    some = listed(run, QuerySet(QUERIES, qrels))
    assert some.relevant.tolist() == [True, False, True, True]  # the others nobody judged
    assert len(listed(run, QuerySet(QUERIES, qrels), without={"t"}).relevant) == 0
