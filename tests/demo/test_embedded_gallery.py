"""Likes, rejections and pointing over a gallery of four corners."""

from __future__ import annotations

import numpy as np
import pytest

from benchmark.demo.embedded_gallery import EmbeddedGallery
from benchmark.demo.turns import Question

IDS = ("a", "b", "c", "d")
CORNERS = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], np.float32)
GALLERY = EmbeddedGallery(IDS, CORNERS)
WORDS = np.array([1, 0], np.float32)
NONE = Question("", None, (), ())


def found(question: Question, gallery: EmbeddedGallery = GALLERY) -> dict[str, float]:
    """Painting -> score, best first."""
    run = gallery.search(WORDS, question, 4)
    return dict(zip(run.ids[0], run.scores[0].tolist(), strict=True))


def test_without_feedback_a_score_is_the_inner_product() -> None:
    assert found(NONE) == {"a": 1, "d": 0, "b": 0, "c": -1}


def test_what_is_liked_draws_and_what_is_rejected_repels() -> None:
    """As if the words (1, 0) were moved by 0.5 (0, 1) and by -0.25 (-1, 0)."""
    moved = found(Question("", None, ("b",), ("c",)))
    assert list(moved) == ["a", "b", "d", "c"]
    assert moved == pytest.approx({"a": 1.25, "b": 0.5, "d": -0.5, "c": -1.25})


def test_what_is_pointed_at_outweighs_the_words() -> None:
    moved = found(Question("", "d", (), ()))
    assert list(moved) == ["d", "a", "c", "b"]
    assert moved == pytest.approx({"d": 1.25, "a": 1, "c": -1, "b": -1.25})


@pytest.mark.parametrize(
    "question",
    [Question("", None, ("b",), ()), Question("", None, (), ("c",)),
     Question("", "d", ("b",), ("a",))],
)  # fmt: skip
def test_pictures_apart_from_texts_weigh_no_more_than_about_their_own_mean(
    question: Question,
) -> None:
    """A gallery far off, and ten times as wide: the same order follows, ten times as far apart."""
    near, far = found(question), found(question, EmbeddedGallery(IDS, 10 * CORNERS + 100))
    assert list(near) == list(far)
    assert np.allclose(np.diff(list(far.values())), 10 * np.diff(list(near.values())), atol=1e-2)


def test_a_gallery_of_one_picture_is_not_moved() -> None:
    alike = EmbeddedGallery(("a", "b", "c"), np.ones((3, 2), np.float32))
    assert found(Question("", "a", ("b",), ("c",)), alike) == {"c": 1, "b": 1, "a": 1}


def test_a_painting_without_an_embedding_moves_nothing() -> None:
    assert found(Question("", "x", ("y",), ("z",))) == pytest.approx(found(NONE))
