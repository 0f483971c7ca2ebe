from __future__ import annotations

import numpy as np

from benchmark.pretrained import experts


def test_a_drawing_taken_for_a_painting_does_not_lead() -> None:
    """It is as near to the text, among paintings, as the best drawing is among drawings."""
    ours = np.array([[0.3, 0.91**0.5], [1, 0]], np.float32)
    theirs = np.array([[0, 1], [0.2, 0.96**0.5]], np.float32)
    seen = experts.pictures(ours, theirs, np.array([[0], [1]], np.float32))
    read = experts.texts(np.array([[1, 0]], np.float32), np.array([[1, 0]], np.float32))
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(read @ seen.T, [[0.3 * 0.2**0.5, 0.2 * 0.8**0.5]], atol=1e-6)
    assert read.dtype == seen.dtype == np.float32
