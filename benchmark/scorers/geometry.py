"""Are an encoder's embeddings healthy? Cosines of what belongs together, gap, spread, rank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.scorers._answers import Answers, Rows
from benchmark.scorers._measure import RUN, Measure, Need, Values
from benchmark.scorers._once import once

TITLE = "An encoder's embeddings"

_PAIRS = 200_000
"""Random pairs drawn, where all would be too many."""

_SAMPLE = 4_096
"""Embeddings drawn for the effective rank, where all would be too many."""

_UNIFORM = "Wang and Isola, ICML 2020"


@dataclass(frozen=True)
class Cosines:
    """Of texts with paintings of grade 3; of random pairs of grade 0 or not judged; of random
    pairs of two paintings. Draws are seeded."""

    matched: NDArray[np.float64]
    unmatched: NDArray[np.float64]
    paintings: NDArray[np.float64]
    gap: float
    """Between the means of texts and of paintings, of unit length."""


@once
def cosines(answers: Answers) -> Cosines:
    """What the measures of this file are taken from, whatever the lengths of embeddings."""
    given, qrels = answers.embeddings, answers.judgments.qrels
    assert given is not None, "a measure is computed where its needs are met"
    text, image = _unit(given.texts), _unit(given.images)
    at = {painting: row for row, painting in enumerate(given.painting_ids)}
    graded = np.array([
        (row, at[painting], grade)
        for row, query in enumerate(given.query_ids)
        for painting, grade in qrels.get(query, {}).items()
        if grade and painting in at
    ], np.int64).reshape(-1, 3)  # fmt: skip
    random = np.random.default_rng(0)
    picked = random.integers(0, (len(text), len(image)), (_PAIRS, 2))
    related = np.isin(_number(picked, image), _number(graded, image))
    twos = random.integers(0, len(image), (_PAIRS, 2))
    return Cosines(
        matched=_products(text, image, graded[graded[:, 2] == 3, :2]),
        unmatched=_products(text, image, picked[~related]),
        paintings=_products(image, image, twos[twos[:, 0] != twos[:, 1]]),
        gap=float(np.linalg.norm(image.mean(axis=0) - text.mean(axis=0))),
    )


def effective_rank(rows: NDArray[np.floating]) -> float:
    """exp of the entropy of the singular values' shares, rows centred (Roy and Vetterli 2007)."""
    some = rows[:: max(1, len(rows) // _SAMPLE)].astype(np.float64)
    values = np.linalg.svd(some - some.mean(axis=0), compute_uv=False)
    total = values.sum()
    if total <= 1e-12:
        return 1.0
    shares = values[values > 1e-12 * total] / total
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _number(pairs: NDArray[np.int64], image: Rows | NDArray[np.float64]) -> NDArray[np.int64]:
    """One number for each (text, painting, ...) that no other pair has."""
    return pairs[:, 0] * len(image) + pairs[:, 1]


def _products(
    a: NDArray[np.float64], b: NDArray[np.float64], pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Inner products of the pairs (n, 2) of rows of a and b.

    Where a fair part of all pairs is asked for, all are multiplied at once; else those asked for
    in parts that a cache holds.
    """
    if len(a) * len(b) <= 32 * len(pairs):
        found: NDArray[np.float64] = (a @ b.T)[pairs[:, 0], pairs[:, 1]]
        return found
    parts = np.array_split(pairs, max(1, len(pairs) // 1_000))
    return np.concatenate([np.einsum("ij,ij->i", a[p[:, 0]], b[p[:, 1]]) for p in parts])


def _unit(rows: Rows) -> NDArray[np.float64]:
    """Rows of unit length; one of zeros stays so."""
    wide = rows.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    return wide / np.where(lengths > 0, lengths, 1)


def _mean(which: str, of: Callable[[NDArray[np.float64]], Any]) -> Callable[[Answers], Values]:
    """The mean of a function of one kind of cosine; no value where there is no such pair."""

    def formula(answers: Answers) -> Values:
        values = getattr(cosines(answers), which)
        return {RUN: float(of(values).mean())} if len(values) else {}

    return formula


def _separation(answers: Answers) -> Values:
    found = cosines(answers)
    deviation = found.unmatched.std() if len(found.unmatched) else 0
    if not len(found.matched) or not deviation:
        return {}
    return {RUN: float((found.matched.mean() - found.unmatched.mean()) / deviation)}


def _uniformity(answers: Answers) -> Values:
    squared = np.maximum(0, 2 - 2 * cosines(answers).paintings)
    return {RUN: float(np.log(np.exp(-2 * squared).mean())) if len(squared) else 0.0}


def _rank(answers: Answers) -> Values:
    assert answers.embeddings is not None, "a measure is computed where its needs are met"
    return {RUN: effective_rank(_unit(answers.embeddings.images))}


def _truncated(answers: Answers) -> Values:
    assert answers.embeddings is not None, "a measure is computed where its needs are met"
    share = answers.embeddings.truncated
    return {} if share is None else {RUN: share}


def _measure(
    stem: str,
    meaning: str,
    formula: Callable[[Answers], Values],
    better: Literal["more", "less"],
    range: tuple[float | None, float | None] = (0, 1),
    source: str = "",
) -> Measure:
    needs: frozenset[Need] = frozenset({"embeddings"})
    return Measure(stem, meaning, formula, None, (), better, range, source, unit="run", needs=needs)


MEASURES = (
    _measure(
        "matched",
        "mean cosine of queries with paintings of grade 3",
        _mean("matched", lambda cosine: cosine),
        "more",
        (-1, 1),
    ),
    _measure(
        "unmatched",
        "mean cosine of queries with paintings of grade 0",
        _mean("unmatched", lambda cosine: cosine),
        "less",
        (-1, 1),
    ),
    _measure(
        "separation",
        "difference of the two in standard deviations of the unmatched: what ranking lives on",
        _separation,
        "more",
        (None, None),
    ),
    _measure(
        "modality_gap",
        "distance between the means of paintings and of texts, of unit length",
        lambda answers: {RUN: cosines(answers).gap},
        "less",
        (0, 2),
        "Liang et al., NeurIPS 2022",
    ),
    _measure(
        "anisotropy",
        "mean cosine of two paintings drawn at random: 0 fills the sphere, 1 is a single direction",
        _mean("paintings", lambda cosine: cosine),
        "less",
        (-1, 1),
        "Ethayarajh, EMNLP 2019",
    ),
    _measure(
        "alignment",
        "mean squared distance of queries to paintings of grade 3",
        _mean("matched", lambda cosine: 2 - 2 * cosine),
        "less",
        (0, 4),
        _UNIFORM,
    ),
    _measure(
        "uniformity",
        "log of the mean of exp(-2 squared distance) between paintings; lower, better spread",
        _uniformity,
        "less",
        (-8, 0),
        _UNIFORM,
    ),
    _measure(
        "effective_rank",
        "dimensions that paintings really use: exp of the entropy of singular values",
        _rank,
        "more",
        (1, None),
        "Roy and Vetterli, EUSIPCO 2007",
    ),
    _measure(
        "truncated",
        "share of queries longer than the model reads",
        _truncated,
        "less",
    ),
)
