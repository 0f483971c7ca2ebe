"""Rocchio over embeddings, against the same sum written out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmark.conversing.feedback import Weights, reformulated
from benchmark.conversing.talk import Turn, Vectors

NAMES = [f"p{number}" for number in range(30)]
WEIGHTS = Weights(refused=0.3, liked=0.5, rejected=0.2, pointed=0.4, fading=0.5)


@pytest.fixture
def vectors() -> Vectors:
    random = np.random.default_rng(0)
    texts, images = (random.normal(size=(n, 8)).astype(np.float32) for n in (3, 30))
    return Vectors(["a", "b", "b|refused"], texts, NAMES, images)


TURNS = [
    Turn({"joined": "a", "last": "a", "wanted": "a"}, False, None, ("p1", "p2"), ("p3",)),
    Turn({"joined": "b", "last": "b", "refused": "b|refused", "wanted": "b"}, False, "p1"),
]


def test_the_sum_of_its_parts(vectors: Vectors) -> None:
    part = vectors.scores
    liked = (vectors.picture("p1") + vectors.picture("p2")) / np.float32(2)
    wanted = (
        part(vectors.text("b"))
        + 0.5 * part(vectors.text("a"))
        - 0.3 * part(vectors.text("b|refused"))
        + 0.4 * part(vectors.picture("p1"))
        + 0.5 * 0.5 * part(liked)
        - 0.5 * 0.2 * part(vectors.picture("p3"))
    )
    assert np.allclose(reformulated(TURNS, vectors, WEIGHTS), wanted, atol=1e-5)


def test_with_a_text_of_its_own_the_words_of_turns_do_not_count(vectors: Vectors) -> None:
    none = Weights(0, 0, 0, 0, 0.5)
    text = vectors.text("a")
    assert np.allclose(reformulated(TURNS, vectors, none, text), vectors.scores(text))


def test_each_part_has_one_spread(vectors: Vectors) -> None:
    long = vectors.scores(100 * vectors.text("a"))
    assert np.allclose(long, vectors.scores(vectors.text("a")), atol=1e-5)
    assert (long.mean(), long.std()) == pytest.approx((0, 1), abs=1e-5)


def test_what_is_alike_or_unknown_moves_nothing(vectors: Vectors) -> None:
    assert not vectors.scores(np.zeros(8, np.float32)).any()
    assert not vectors.picture("elsewhere").any()
    alone = [replace(TURNS[0], liked=("elsewhere",), rejected=())]
    bare = [replace(TURNS[0], liked=(), rejected=())]
    assert np.array_equal(
        reformulated(alone, vectors, WEIGHTS), reformulated(bare, vectors, WEIGHTS)
    )


def test_what_was_done_before_something_is_taken_back_no_longer_counts(vectors: Vectors) -> None:
    back = [TURNS[0], replace(TURNS[1], takes_back=True)]
    bare = [replace(TURNS[0], liked=(), rejected=()), TURNS[1]]
    assert np.array_equal(
        reformulated(back, vectors, WEIGHTS), reformulated(bare, vectors, WEIGHTS)
    )
