"""Similarities of embeddings as points and directions: cosine, Euclidean."""

from __future__ import annotations

import numpy as np

from benchmark.search.similarity import (
    Form,
    Rows,
    Scores,
    Similarity,
    Stored,
    about,
    rounding,
    unit,
)

_DOUBLE = 2.0**-50
"""What a float64 product of rows may be off, for each number and in shares of their lengths."""


class Cosine(Similarity):
    name = "cosine"
    meaning = "how small the angle between text and painting is, however long either is"
    formula = "t·p / (‖t‖ ‖p‖); 0 where either is all zeros"
    source = "Salton, Wong and Yang, A vector space model for automatic indexing, CACM 1975"
    direction = "higher is more alike"

    def form(self, rows: Rows) -> Form:
        return (unit(rows),)

    def exact(self, texts: Form, paintings: Form) -> Scores:
        return np.asarray((texts[0] * paintings[0]).sum(axis=1))

    def stored(self, paintings: Rows) -> Stored:
        return (unit(paintings).astype(np.float32),)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        products = unit(texts).astype(np.float32) @ stored[0].T
        return about(products, rounding(texts.shape[1]))


class Euclidean(Similarity):
    name = "euclidean"
    meaning = "how near text and painting lie as points; of one length, the order of the cosine"
    formula = "−‖t − p‖, the distance with its sign turned"
    source = "Hadsell, Chopra and LeCun, CVPR 2006, where embeddings are trained by it"
    direction = "lower is more alike"

    def form(self, rows: Rows) -> Form:
        return (rows.astype(np.float64),)

    def exact(self, texts: Form, paintings: Form) -> Scores:
        apart = texts[0] - paintings[0]
        return np.asarray(-np.sqrt((apart * apart).sum(axis=1)))

    def stored(self, paintings: Rows) -> Stored:
        return (paintings.astype(np.float32),)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        wide, others = texts.astype(np.float64), stored[0].astype(np.float64)
        lengths = np.einsum("ij,ij->i", wide, wide)[:, None] + np.einsum("ij,ij->i", others, others)
        squares, off = lengths - 2 * (wide @ others.T), _DOUBLE * texts.shape[1] * lengths
        return -np.sqrt(np.maximum(squares + off, 0)), -np.sqrt(np.maximum(squares - off, 0))
