"""Similarities of embeddings as probabilities over their dimensions, by the softmax."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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

TEMPERATURE = 2.0
"""The softmax is of sqrt(d) times the unit-length embedding, whose numbers have a root mean square
of 1, over this. At sqrt(d), a temperature of 1 on the unit-length embedding itself, probabilities
are all but equal (a perplexity of 0.997 d) and what is compared is the embedding again. At 2 it is
0.87 d; lower temperatures found less on the topics for tuning (docs/methodology.md)."""

_SHARES = (0.25, 0.5, 0.75)
_FROM_ABOVE, _FROM_BELOW = float(np.log(2)), -1 / 3


class KullbackLeibler(Similarity):
    name = "kullback-leibler"
    meaning = "how few nats are lost where the painting's probabilities stand in for the text's"
    formula = "−Σ P(t) ln(P(t) / P(p)), P the softmax of √d · x / (2 ‖x‖)"
    source = "Kullback and Leibler, On information and sufficiency, Ann. Math. Stat. 1951"
    direction = "lower is more alike"

    def form(self, rows: Rows) -> Form:
        logs = log_softmax(rows)
        return logs, np.exp(logs)

    def exact(self, texts: Form, paintings: Form) -> Scores:
        lost = texts[1] * (texts[0] - paintings[0])
        return np.asarray(-np.maximum(lost.sum(axis=1), 0))  # rounding may pass below 0

    def stored(self, paintings: Rows) -> Stored:
        # About ln(1/d), which it is on average, so that less is rounded away.
        logs = (log_softmax(paintings) + np.log(paintings.shape[1])).astype(np.float32)
        return logs, np.abs(logs).max(axis=1)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        said, width = log_softmax(texts), texts.shape[1]
        spread = (np.exp(said) * (said + np.log(width))).sum(axis=1).astype(np.float32)
        found = np.exp(said).astype(np.float32) @ stored[0].T - spread[:, None]
        return about(found, rounding(width) * (stored[1] + np.abs(spread)[:, None]))


class JensenShannon(Similarity):
    name = "jensen-shannon"
    meaning = "how few nats a reader learns who is told which of the two a dimension was drawn from"
    formula = "−(KL(P(t) ‖ M) + KL(P(p) ‖ M)) / 2, M = (P(t) + P(p)) / 2, P as above; natural log"
    source = "Lin, Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 1991"
    direction = "lower is more alike"

    def form(self, rows: Rows) -> Form:
        logs = log_softmax(rows)
        return np.exp(logs), (np.exp(logs) * logs).sum(axis=1)

    def exact(self, texts: Form, paintings: Form) -> Scores:
        """The entropy of the mean less the mean of the entropies: one logarithm a dimension."""
        middle = texts[0] + paintings[0]
        middle *= 0.5
        spread = np.einsum("ij,ij->i", middle, np.log(middle))
        found = (texts[1] + paintings[1]) / 2 - spread
        return np.asarray(-np.maximum(found, 0))  # rounding may pass below 0

    def stored(self, paintings: Rows) -> Stored:
        logs = log_softmax(paintings)
        return tuple(np.exp(share * logs).astype(np.float32) for share in _SHARES)

    def bounds(self, texts: Rows, stored: Stored) -> tuple[Scores, Scores]:
        """From products alone, without a logarithm for each pair and dimension.

        With A(a) = Σ P(t)^a P(p)^(1-a) the divergence lies between the values at c = -1/3 and at
        c = ln 2 of c - (4 - 3c) A(1/2) + 2 (1 - c) (A(1/4) + A(3/4)). For in each dimension, z
        being half the difference of the two logarithms and the geometric mean of the two
        probabilities taken out, it is z sinh z - cosh z ln cosh z, and the other is
        c cosh z - (4 - 3c) + 4 (1 - c) cosh(z/2): alike up to z^3 for any c, to z^5 for -1/3,
        and in the limit for ln 2 (a test compares them over all z).
        """
        logs = log_softmax(texts)
        quarter, half, most = (np.exp(share * logs).astype(np.float32) for share in _SHARES)
        middle = half @ stored[1].T
        outer = quarter @ stored[2].T + most @ stored[0].T
        above, below = (
            c - (4 - 3 * c) * middle + 2 * (1 - c) * outer for c in (_FROM_ABOVE, _FROM_BELOW)
        )
        off = 11 * rounding(texts.shape[1])  # the weights' sum, and a little
        return -above - off, -below + off


def log_softmax(rows: Rows) -> NDArray[np.float64]:
    """Logarithms (n, d) of the probabilities that rows (n, d) are read as."""
    logits = unit(rows) * (rows.shape[1] ** 0.5 / TEMPERATURE)
    logits -= logits.max(axis=1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))
