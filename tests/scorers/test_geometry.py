from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.records import Qrels, Run
from benchmark.scorers import RUN, Answers, Embeddings, Judgments, compute
from benchmark.scorers.geometry import MEASURES, _products, effective_rank


def geometry(
    texts: np.ndarray, images: np.ndarray, queries: list[str], ids: list[str], qrels: Qrels
) -> dict[str, float]:
    given = Embeddings(queries, texts, ids, images)
    answers = Answers(Run((), (), ()), Judgments(qrels, queries), len(ids), given)
    return {name: values[RUN] for name, values in compute(MEASURES, answers).items()}


def test_two_pictures_two_texts_by_hand() -> None:
    images = np.array([[3.0, 0], [0, 2.0]], np.float32)
    texts = np.array([[1.0, 0], [0, 5.0]], np.float32)
    found = geometry(texts, images, ["q", "r"], ["a", "b"], {"q": {"a": 3}, "r": {"b": 3}})
    assert found["matched"] == pytest.approx(1)
    assert found["unmatched"] == pytest.approx(0)
    assert found["alignment"] == pytest.approx(0)
    assert found["modality_gap"] == pytest.approx(0)
    assert found["uniformity"] == pytest.approx(-4)  # the one pair is sqrt(2) apart
    assert found["anisotropy"] == pytest.approx(0)
    assert "separation" not in found  # unmatched pairs do not vary


def test_a_gap_between_texts_and_pictures() -> None:
    images = np.tile(np.array([[1.0, 0, 0]], np.float32), (4, 1))
    texts = np.tile(np.array([[0, 1.0, 0]], np.float32), (3, 1))
    found = geometry(texts, images, ["a", "b", "c"], list("wxyz"), {"a": {"w": 3}})
    assert found["modality_gap"] == pytest.approx(np.sqrt(2))
    assert found["alignment"] == pytest.approx(2)
    assert found["anisotropy"] == pytest.approx(1)  # all pictures lie in one direction
    assert found["uniformity"] == pytest.approx(0)
    assert found["effective_rank"] == 1


def test_nothing_of_grade_three() -> None:
    rows = np.eye(3, dtype=np.float32)
    found = geometry(rows, rows, list("abc"), list("xyz"), {"a": {"x": 2}})
    assert {"matched", "alignment", "separation"}.isdisjoint(found)


def test_anisotropy_is_the_mean_cosine_of_two_different_paintings() -> None:
    """At 0, 60 and 120 degrees: pairs have cosines 1/2, 1/2 and -1/2, each as often drawn."""
    angles = np.radians([0, 60, 120])
    images = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = geometry(images, images, list("abc"), list("xyz"), {})
    assert found["anisotropy"] == pytest.approx(1 / 6, abs=0.005)


@given(st.integers(2, 6))
def test_effective_rank_of_a_flat_spectrum_is_the_dimensions(count: int) -> None:
    rows = np.concatenate([np.eye(count), -np.eye(count)])
    assert effective_rank(rows) == pytest.approx(count)


def test_rows_of_zeros_do_not_break_it() -> None:
    rows = np.zeros((3, 2), np.float32)
    found = geometry(rows, rows, list("abc"), list("xyz"), {"a": {"x": 3}})
    assert all(np.isfinite(value) for value in found.values())


def test_what_is_cut_short_is_said_where_it_is_known() -> None:
    rows = np.eye(3, dtype=np.float32)
    assert "truncated" not in geometry(rows, rows, list("abc"), list("xyz"), {})
    given = Embeddings(list("abc"), rows, list("xyz"), rows, truncated=0.25)
    answers = Answers(Run((), (), ()), Judgments({}, list("abc")), 3, given)
    assert compute(MEASURES, answers)["truncated"] == {RUN: 0.25}


def test_few_pairs_and_many_are_multiplied_alike() -> None:
    random = np.random.default_rng(0)
    a, b = random.normal(size=(40, 6)), random.normal(size=(900, 6))
    pairs = random.integers(0, (40, 900), (2_000, 2))
    many = _products(a, b, pairs)
    few = np.concatenate([_products(a, b, some) for some in np.array_split(pairs, 20)])
    assert 40 * 900 <= 32 * 2_000 and 40 * 900 > 32 * 100  # the two ways of doing it
    assert many == pytest.approx((a[pairs[:, 0]] * b[pairs[:, 1]]).sum(axis=1), abs=1e-12)
    assert few == pytest.approx(many, abs=1e-12)
