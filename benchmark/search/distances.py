"""Similarities of embeddings as points and directions: cosine, Euclidean."""

from __future__ import annotations

import numpy as np

from benchmark.search.similarity import (
    UNIT,
    Form,
    Rows,
    Scores,
    Similarity,
    Stored,
    about,
    lengths,
    rounding,
    unit,
)


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
        return unit(paintings).astype(np.float32), lengths(paintings)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        """By the law of cosines, in float64: squares of float32 rows may pass beyond float32."""
        cosines = unit(texts).astype(np.float32) @ stored[0].T
        a, b = lengths(texts)[:, None], stored[1]
        product = 2 * a * b
        squares = a * a + b * b - product * cosines
        off = rounding(texts.shape[1]) * product + 4 * UNIT * (a + b) ** 2
        return -np.sqrt(np.maximum(squares + off, 0)), -np.sqrt(np.maximum(squares - off, 0))
