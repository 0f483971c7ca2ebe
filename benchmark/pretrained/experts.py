"""Embeddings of two experts as one: each has dimensions of its own (Jacobs et al. 1991).

A picture lies in those of the expert it is sent to, a text in both. So within a gallery of one
world the order is that of its expert; between worlds, similarities are those of different models.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def pictures(
    ours: NDArray[np.float32], theirs: NDArray[np.float32], drawn: NDArray[np.float32]
) -> NDArray[np.float32]:
    """(n, d + e) of unit vectors (n, d) and (n, e), where `drawn` (n, 1) goes to the second."""
    return np.concatenate([ours * np.sqrt(1 - drawn), theirs * np.sqrt(drawn)], 1)


def texts(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, d + e) of unit vectors (n, d) and (n, e)."""
    return (np.concatenate([ours, theirs], 1) / np.sqrt(2)).astype(np.float32)
