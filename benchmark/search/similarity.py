"""What a similarity is: how alike a text and a painting are, by their embeddings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

Name = Literal[
    "inner product",
    "cosine",
    "euclidean",
    "kullback-leibler",
    "jensen-shannon",
    "jaccard",
    "overlap",
]
"""What `[search] similarity` of a submission may be; a test compares it with what there is."""

INNER_PRODUCT: Name = "inner product"
"""What is searched by where nothing is named: `benchmark.search.exact`."""

Rows = NDArray[np.floating[Any]]
Scores = NDArray[np.floating[Any]]
Form = tuple[NDArray[Any], ...]
"""What embeddings are compared by: arrays of as many rows, which follow row by row."""
Stored = tuple[NDArray[Any], ...]
"""What is held of some paintings to be searched quickly: arrays of as many rows."""

UNIT = 2.0**-24
"""Half of what lies between 1 and the next float32."""


class Similarity(ABC):
    """One way to say how alike two embeddings are. Its scores rise with likeness.

    `bounds` is quick and only proposes; `exact` is the definition, and decides.
    """

    name: ClassVar[str]
    """As `[search] similarity` has it."""
    meaning: ClassVar[str]
    formula: ClassVar[str]
    """Of the score, for a text t and a painting p of d numbers."""
    source: ClassVar[str]
    direction: ClassVar[Literal["higher is more alike", "lower is more alike"]]
    """Of the figure that it is named after; of a lower one the score is the negative."""

    @abstractmethod
    def form(self, rows: Rows) -> Form:
        """Texts or paintings (n, d) in the form that `exact` compares, in full precision."""

    @abstractmethod
    def exact(self, texts: Form, paintings: Form) -> Scores:
        """Scores (m,) of m pairs, float64. Equal rows have equal scores, wherever they stand."""

    @abstractmethod
    def stored(self, paintings: Rows) -> Stored:
        """Paintings (n, d) made ready for `bounds`."""

    @abstractmethod
    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        """Of each text (q, d) and painting (n) a score (q, n) that is no higher than the exact
        one, and one that is no lower."""

    def bytes_per_painting(self, width: int) -> int:
        """Bytes that must be kept of a painting whose embedding has so many numbers."""
        return 4 * width


def pairs(form: Form, rows: NDArray[np.int64]) -> Form:
    """Some rows of a form, one after another."""
    return tuple(part[rows] for part in form)


def about(scores: Scores, off: float | Scores) -> tuple[Scores, Scores]:
    """Bounds from scores that are off by so much at most."""
    return scores - off, scores + off


def rounding(width: int) -> float:
    """How far a float32 sum of `width` products is off, in shares of the sum of their sizes, where
    each number was rounded before."""
    return (width + 8) * UNIT


def unit(rows: Rows) -> NDArray[np.float64]:
    """Rows of length 1, float64; those of length 0 as they are."""
    long = lengths(rows)
    return np.asarray(rows / np.where(long > 0, long, 1)[:, None])


def lengths(rows: Rows) -> NDArray[np.float64]:
    """Euclidean lengths (n,) of rows, in full precision."""
    wide = rows.astype(np.float64)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", wide, wide)))
