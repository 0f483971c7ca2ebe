"""Diversity: how different the first ten are by their facts, painters, styles and centuries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from benchmark.scorers._answers import CUT, Answers, Judgments, answered, lists
from benchmark.scorers._measure import Measure
from benchmark.scorers._once import once

TITLE = "Diversity"

_RELEVANT = 2
"""Grade from which on a painting is one of those whose variety is asked for."""

_BITS = (-float(np.log2(CUT)), float(np.log2(CUT)))


def _distances(answers: Answers) -> dict[str, float]:
    """Mean distance of two of the paintings shown, for queries that are shown two."""
    found = lists(answers)
    shown = {query: found.get(query, ())[:CUT] for query in answered(answers.judgments)}
    by_length: dict[int, list[str]] = defaultdict(list)
    for query, paintings in shown.items():
        by_length[len(paintings)].append(query)
    at, bits = _facts(answers.judgments)
    values: dict[str, float] = {}
    for length, queries in by_length.items():
        if length > 1:
            rows = np.array([[at[p] for p in shown[query]] for query in queries])
            values |= dict(zip(queries, distances(bits[rows]).tolist(), strict=True))
    return {query: values[query] for query in shown if query in values}


def distances(bits: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(q,) mean over pairs of 1 - Jaccard of q lists of facts, one bit a fact: (q, n, b) uint8.

    Two paintings of which nothing is known are alike.
    """
    one, other = np.triu_indices(bits.shape[1], 1)
    both = np.bitwise_count(bits[:, one] & bits[:, other]).sum(axis=2, dtype=np.int64)
    either = np.bitwise_count(bits[:, one] | bits[:, other]).sum(axis=2, dtype=np.int64)
    unlike = 1 - both / np.maximum(either, 1)
    return np.where(either > 0, unlike, 0.0).mean(axis=1)


@once
def _facts(judgments: Judgments) -> tuple[dict[str, int], NDArray[np.uint8]]:
    """Painting -> row, and a row of bits for each: which of all facts are so of it."""
    facts = judgments.knowledge.facts
    number = {fact: n for n, fact in enumerate(sorted(set().union(*facts.values())))}
    so = np.zeros((len(facts), len(number)), bool)
    for row, said in enumerate(facts.values()):
        so[row, [number[fact] for fact in said]] = True
    return {painting: row for row, painting in enumerate(facts)}, np.packbits(so, axis=1)


def _spread(answers: Answers, facet: str) -> dict[str, float]:
    """Entropy of a facet's values shown, less that expected of as many relevant paintings.

    Below 0 a list is less varied than what was asked for; above, it strays. Queries without two
    relevant paintings of known value, and empty lists, have none.
    """
    values, found = answers.judgments.knowledge.facets.get(facet, {}), lists(answers)
    spread: dict[str, float] = {}
    for query, expected in _expected(answers.judgments, facet).items():
        mine = [values[p] for p in found.get(query, ())[:CUT] if p in values]
        if mine:
            spread[query] = entropy(Counter(mine).values()) - expected
    return spread


@once
def _expected(judgments: Judgments, facet: str) -> dict[str, float]:
    """Query -> mean entropy of relevant paintings drawn by chance, where there are two."""
    values = judgments.knowledge.facets.get(facet, {})
    found: dict[str, float] = {}
    for query in answered(judgments):
        grades = judgments.qrels[query]
        wanted = Counter(values[p] for p, g in grades.items() if g >= _RELEVANT and p in values)
        if (total := wanted.total()) > 1:
            found[query] = expected_entropy(wanted.values(), min(CUT, total))
    return found


def entropy(counts: Iterable[int]) -> float:
    """Shannon's entropy of a distribution given by counts, in bits; 0 where there is nothing."""
    shares = np.array([count for count in counts if count], float)
    shares /= shares.sum() or 1
    return float(-(shares * np.log2(shares)).sum())


def expected_entropy(counts: Iterable[int], draw: int) -> float:
    """Mean entropy, in bits, of `draw` paintings taken at random out of counts of each value.

    Exact: how many are of one value follows the hypergeometric distribution. A few paintings
    cannot be as varied as the hundred that they come from, and are not asked to be.
    """
    of = list(counts)
    if draw < 2 or len(of) < 2:
        return 0.0
    return float(sum(_part(count, sum(of), draw) for count in of))


@lru_cache(maxsize=100_000)
def _part(count: int, total: int, draw: int) -> float:
    """What a value of which there are `count` of `total` adds to the entropy of a draw."""
    taken = np.arange(1, draw + 1)
    ways = _choose(count, taken) + _choose(total - count, draw - taken) - _choose(total, draw)
    share = taken / draw
    return float(-(np.exp(ways) * share * np.log2(share)).sum())


def _choose(of: int, take: int | NDArray[np.int64]) -> NDArray[np.float64]:
    """Logarithm of the binomial coefficient; minus infinity where there is no way to choose."""
    take = np.asarray(take)
    possible = (take >= 0) & (take <= of)
    k = np.where(possible, take, 0)
    return np.where(possible, gammaln(of + 1) - gammaln(k + 1) - gammaln(of - k + 1), -np.inf)


def _facet(stem: str, meaning: str) -> Measure:
    return Measure(
        stem,
        meaning,
        partial(_spread, facet=stem),
        cut=CUT,
        better="near 0",
        range=_BITS,
        needs=frozenset({"facets"}),
    )


MEASURES = (
    Measure(
        "ild",
        "mean distance of two of the first 10 in the knowledge graph: 1 - Jaccard of their facts",
        _distances,
        cut=CUT,
        source="Smyth and McClave, ICCBR 2001",
        needs=frozenset({"facts"}),
    ),
    _facet(
        "painters",
        "variety of painters in the first 10 (entropy, bits) less that of 10 relevant paintings "
        "drawn by chance",
    ),
    _facet("styles", "the same for styles"),
    _facet("centuries", "the same for centuries"),
)
