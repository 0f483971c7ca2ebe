from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from benchmark.results.flip_tail import two_sided


def bound(differences: np.ndarray) -> float:
    seen = np.array([abs(differences.sum()) * (1 - 1e-9)])
    return float(two_sided(np.abs(differences)[:, None], seen)[0])


def all_signings(differences: np.ndarray) -> float:
    """By going through them, half after half so that 2^20 cost little."""
    halves = [np.zeros(1), np.zeros(1)]
    for number, value in enumerate(differences):
        half = halves[number % 2]
        halves[number % 2] = np.concatenate([half + value, half - value])
    sums = np.abs(halves[0][:, None] + halves[1])
    return float((sums >= abs(differences.sum()) * (1 - 1e-9)).mean())


def on_a_lattice(whole: np.ndarray) -> float:
    """Exact at any depth for whole numbers: each in turn is added or taken away."""
    chances = np.ones(1)
    for value in np.abs(whole):
        longer = np.zeros(len(chances) + 2 * value)
        longer[: len(chances)] += chances / 2
        longer[2 * value :] += chances / 2
        chances = longer
    sums = np.arange(len(chances)) - np.abs(whole).sum()
    return float(chances[np.abs(sums) >= abs(whole.sum())].sum())


SHAPES = {
    "normal": lambda random: random.normal(0.7, 1, 20),
    "skewed": lambda random: random.beta(0.5, 1, 20) - 0.2,
    "grades": lambda random: random.choice([-1, -0.5, 0.5, 1, 1, 2], 20),
    "signs": lambda random: random.choice([-1, 1, 1, 1, 1], 20),
    "few values": lambda random: random.choice([-0.369, 0.131, 0.369, 0.5, 0.631, 1], 20),
    "all better": lambda random: random.random(20),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_it_lies_closely_above_all_signings(shape: str) -> None:
    random = np.random.default_rng(1)
    for _ in range(8):
        differences = SHAPES[shape](random)
        exact = all_signings(differences)
        if exact < 0.3:
            assert exact * (1 - 1e-6) <= bound(differences) <= 1.06 * exact


@pytest.mark.parametrize("spoiler", [0.01, 1e-6, 5.0])
def test_it_is_not_below_where_sums_nearly_tie(spoiler: float) -> None:
    """Signs and one difference off their lattice: a smooth approximation is 35 % too low here."""
    random = np.random.default_rng(2)
    for _ in range(8):
        differences = np.append(random.choice([-1, 1, 1, 1, 1], 19), spoiler)
        exact = all_signings(differences)
        assert exact * (1 - 1e-6) <= bound(differences) <= 2.1 * exact


@pytest.mark.parametrize("wins", [170, 180, 190, 195, 200])
def test_wins_and_losses_are_the_binomial(wins: int) -> None:
    exact = 2 * binom.sf(wins - 1, 300, 0.5)
    found = bound(np.repeat([1.0, -1.0], [wins, 300 - wins]))
    assert exact * (1 - 1e-6) <= found <= 1.01 * exact


@pytest.mark.parametrize("share", [0.55, 0.58, 0.61, 0.64, 0.66])
def test_grades_on_three_hundred_topics(share: float) -> None:
    random = np.random.default_rng(3)
    signs = np.where(random.random(300) < share, 1, -1)
    whole = random.choice([1, 2, 5, 10], 300) * signs
    exact = on_a_lattice(whole)
    assert exact * (1 - 1e-6) <= bound(whole / 10) <= 1.05 * exact


@pytest.mark.parametrize("wins", [230, 260, 299, 300])
def test_it_goes_to_any_depth(wins: int) -> None:
    """300 wins of 300 are 2 signings of 2^300: 1e-90."""
    exact = 2 * binom.sf(wins - 1, 300, 0.5)
    assert exact * (1 - 1e-6) <= bound(np.repeat([1.0, -1.0], [wins, 300 - wins])) <= 4 * exact


def test_what_no_float_can_hold_is_not_zero() -> None:
    assert 0 < bound(np.ones(5000)) < 1e-300


DIFFERENCES = st.lists(
    st.one_of(st.floats(-1, 1).map(lambda v: round(v, 6)), st.sampled_from([-1.0, -0.5, 0.5, 1.0])),
    min_size=1,
    max_size=14,
).filter(lambda values: abs(sum(values)) > 1e-5)


@settings(max_examples=150, deadline=None)
@given(DIFFERENCES)
def test_nothing_is_found_below_the_exact_one(values: list[float]) -> None:
    differences = np.array(values)
    assert all_signings(differences) * (1 - 1e-6) <= bound(differences) <= 1


@settings(max_examples=50, deadline=None)
@given(DIFFERENCES, st.floats(1e-3, 1e3), st.integers(0, 99))
def test_scale_and_order_do_not_count(values: list[float], scale: float, seed: int) -> None:
    differences = np.array(values)
    other = -scale * np.random.default_rng(seed).permutation(differences)
    assert bound(other) == pytest.approx(bound(differences), rel=1e-4)


def test_each_column_alone_and_in_blocks() -> None:
    table = np.random.default_rng(4).normal(0.2, 1, (40, 600))
    seen = np.abs(table.sum(axis=0))
    together = two_sided(np.abs(table), seen)
    assert together[:3] == pytest.approx([bound(column) for column in table.T[:3]], rel=1e-6)
    assert together[-3:] == pytest.approx([bound(column) for column in table.T[-3:]], rel=1e-6)
    assert two_sided(np.ones((5, 0)), np.ones(0)).tolist() == []
