from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import skew

from benchmark.records import Run
from benchmark.scorers import RUN, Answers, Judgments, compute
from benchmark.scorers.exposure import MEASURES, gini, skewness


def run_of(*lists: list[str]) -> Run:
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists)
    return Run(tuple(f"q{i}" for i in range(len(lists))), tuple(map(tuple, lists)), scores)


def exposure(run: Run, paintings: int, query_ids: set[str]) -> dict[str, float]:
    answers = Answers(run, Judgments({}, sorted(query_ids)), paintings)
    return {name: values[RUN] for name, values in compute(MEASURES, answers).items()}


def test_by_hand() -> None:
    # Of four paintings, a is shown three times, b once, c and d never.
    found = exposure(run_of(["a"], ["a"], ["a", "b"]), paintings=4, query_ids={"q0", "q1", "q2"})
    assert found == pytest.approx(
        {
            "gini@10": 0.625,  # mean difference (3+3+2+1+1+0)*2/16 = 1.25, over twice the mean 1
            "never@10": 0.5,
            "hub_skew@10": float(skew([3, 1, 0, 0])),
            "hub@10": 1.0,
        }
    )


def test_only_the_first_ten_are_shown() -> None:
    found = exposure(run_of([f"p{i}" for i in range(40)]), paintings=40, query_ids={"q0"})
    assert found["never@10"] == 0.75


def test_all_alike_and_nothing_at_all() -> None:
    even = exposure(run_of(["a", "b"], ["c", "d"]), paintings=4, query_ids={"q0", "q1"})
    assert even == {"gini@10": 0, "never@10": 0, "hub_skew@10": 0, "hub@10": 0.5}
    none = exposure(run_of(), paintings=4, query_ids={"q0", "q1"})
    assert none == {"gini@10": 0, "never@10": 1, "hub_skew@10": 0, "hub@10": 0}


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_gini_is_the_mean_difference_over_twice_the_mean(values: list[int]) -> None:
    table = np.array(values, float)
    wanted = np.abs(table[:, None] - table).mean() / (2 * table.mean())
    assert gini(table) == pytest.approx(wanted, abs=1e-12)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(lambda v: len(set(v)) > 1))
def test_skewness_is_that_of_scipy(values: list[int]) -> None:
    assert skewness(np.array(values, float)) == pytest.approx(float(skew(values)), abs=1e-9)


def test_lists_of_other_questions_show_nothing() -> None:
    found = exposure(run_of(["a"], ["b"]), paintings=4, query_ids={"q0"})
    assert found["never@10"] == 0.75
    assert exposure(run_of(), paintings=0, query_ids={"q0"}) == {"hub@10": 0}
