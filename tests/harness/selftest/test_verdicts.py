from __future__ import annotations

import numpy as np

from benchmark.errors import SubmissionFailed
from benchmark.harness.selftest.verdicts import Check, answered, compared


def test_a_failure_is_told_as_it_is() -> None:
    failure = SubmissionFailed("its process ended (exit 3) without an answer")
    assert answered("Encoder, texts", "emoji", failure) == Check(
        False, "Encoder, texts", "emoji", "its process ended (exit 3) without an answer"
    )


def test_a_difference_is_in_units_of_the_largest_number_or_of_1() -> None:
    large, small = np.array([[200.0, 100.0]]), np.array([[0.5, 0.25]])
    assert compared("", "", large, large + 1, 0.01).detail == (
        "largest difference 0.005 (at most 0.01)"
    )
    assert compared("", "", small, small + 0.02, 0.01) == Check(
        False,
        "",
        "",
        "largest difference 0.02 (at most 0.01); call eval(), and seed what is random from the "
        "input",
    )


def test_other_widths_in_another_process_are_no_crash() -> None:
    # 3 and 1 columns would be compared by repeating the one.
    wide, narrow = np.ones((2, 3), np.float32), np.ones((2, 1), np.float32)
    assert compared("", "", wide, narrow, 1) == Check(
        False, "", "", "answers have the shapes (2, 3) and (2, 1)"
    )


def test_one_caption_in_eight_may_differ() -> None:
    said = np.array([["a boat"]] * 8)
    other = said.copy()
    other[0] = "a ship"
    assert compared("", "", said, other, 0.01).passed
    other[1] = "a ship"
    assert compared("", "", said, other, 0.01) == Check(False, "", "", "2 of 8 captions differ")
