"""Rocchio over a gallery of four corners."""

from __future__ import annotations

import numpy as np

from benchmark.demo.feedback import LIKED, POINTED, REJECTED, Feedback

GALLERY = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]], np.float32)
WORDS = np.array([1, 0], np.float32)


def test_without_feedback_it_is_the_words_alone() -> None:
    assert Feedback(GALLERY).moved(WORDS, None, [], []).tolist() == [1, 0]


def test_what_is_liked_draws_and_what_is_rejected_repels() -> None:
    moved = Feedback(GALLERY).moved(WORDS, None, [1], [2])
    assert moved.tolist() == [1 + REJECTED, LIKED]


def test_what_is_pointed_at_outweighs_the_words() -> None:
    moved = Feedback(GALLERY).moved(WORDS, 3, [], [])
    assert moved.tolist() == [1, -POINTED]
    assert int((GALLERY @ moved).argmax()) == 3


def test_pictures_apart_from_texts_weigh_no_more_than_about_their_own_mean() -> None:
    """A gallery far off, and ten times as wide: the same order follows."""
    near, far = Feedback(GALLERY), Feedback(10 * GALLERY + np.float32(100))
    for feedback in ([1], [], []), ([], [2], []), ([3], [1], [0]):
        pointed, liked, rejected = (feedback[0] or [None])[0], feedback[1], feedback[2]
        a, b = (one.moved(WORDS, pointed, liked, rejected) for one in (near, far))
        assert np.allclose(a, b, atol=1e-3)


def test_a_gallery_of_one_picture_is_not_moved() -> None:
    alike = np.ones((3, 2), np.float32)
    assert Feedback(alike).moved(WORDS, 0, [1], [2]).tolist() == [1, 0]
