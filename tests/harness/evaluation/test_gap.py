from __future__ import annotations

import numpy as np
import pytest

from benchmark.harness.evaluation.gap import gap, run_gap
from benchmark.records import Run

NAMES = {"a", "b", "c", "d"}
LENGTHS = {"q": 3}


def run(ids: str = "abc", scores: tuple[float, ...] = (1.0, 0.75, 0.5), query: str = "q") -> Run:
    return Run((query,), (tuple(ids),), (np.array(scores, np.float32),))


def now(**scores: float) -> dict[str, tuple[list[str], np.ndarray]]:
    return {"q": (list(scores), np.array(list(scores.values()), np.float64))}


def test_shares_of_the_span_of_a_list() -> None:
    assert gap(run(), now(a=1.0, b=0.75, d=0.2), LENGTHS, NAMES) == 0
    assert gap(run(), now(a=1.0, b=0.76), LENGTHS, NAMES) == pytest.approx(0.01 / 0.24)
    assert gap(run(), now(a=1.0, b=0.70), LENGTHS, NAMES) == pytest.approx(0.05 / 0.3)


def test_a_list_can_claim_no_span_of_its_own() -> None:
    """Regression: one painting far above all others made every other difference a small one."""
    claimed = run(scores=(1e6, 0.75, 0.5))
    assert gap(claimed, now(b=0.5, c=0.75), LENGTHS, NAMES) == pytest.approx(1)


def test_what_a_list_lacks_may_not_beat_its_last() -> None:
    assert gap(run(), now(d=0.5), LENGTHS, NAMES) == 0
    assert gap(run(), now(a=1.0, d=0.55), LENGTHS, NAMES) == pytest.approx(0.05 / 0.45)


def test_where_all_scores_are_equal_rounding_is_small() -> None:
    same = run(scores=(2.0, 2.0, 2.0))
    assert gap(same, now(a=2.0 + 1e-7, d=2.0 + 1e-7), LENGTHS, NAMES) < 1e-3
    assert gap(same, now(a=2.1), LENGTHS, NAMES) > 1


@pytest.mark.parametrize(
    "stored",
    [
        run(query="other"),
        run("ab", (1.0, 0.5)),
        run("aab"),
        run("abx"),
        run(scores=(1.0, 0.5, 0.75)),
        run(scores=(1.0, float("nan"), 0.5)),
        run(scores=(float("inf"), 0.75, 0.5)),
    ],
)
def test_what_is_no_run_of_these_queries_is_infinitely_far(stored: Run) -> None:
    assert gap(stored, now(a=1.0), LENGTHS, NAMES) == np.inf


def test_a_score_that_is_no_number_now_is_no_match() -> None:
    assert gap(run(), now(a=float("nan")), LENGTHS, NAMES) == np.inf


def test_two_runs_both_ways() -> None:
    assert run_gap(run(), run()) == 0
    near_tie = run("acb", (1.0, 0.7501, 0.75))
    assert run_gap(run(scores=(1.0, 0.75, 0.7499)), near_tie) < 0.01
    assert run_gap(run(), run("abd")) == 0  # equal at the cut
    assert run_gap(run(), run("abd", (1.0, 0.75, 0.6))) == pytest.approx(0.1 / 0.4)
    assert run_gap(run(), run("ab", (1.0, 0.75))) == np.inf
