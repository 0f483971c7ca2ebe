"""How different the first ten are: in the knowledge graph, and by painter, manner, century."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.special import gammaln

from benchmark.collections.knowledge import Knowledge
from benchmark.records import Qrels, Run
from benchmark.scorers.measures import CUT
from benchmark.scorers.relevance import Scores

_RELEVANT = 2
"""Grade from which on a painting is one of those whose variety is asked for."""


def variety(run: Run, qrels: Qrels, known: Knowledge, query_ids: Sequence[str]) -> Scores:
    """Intra-list distance and the variety of each facet, for queries where they can be had."""
    lists = dict(zip(run.query_ids, run.ids, strict=True))
    shown = {query: lists.get(query, ())[:CUT] for query in query_ids}
    scores = {f"{facet}@{CUT}": _facet(shown, qrels, values) for facet, values in
              known.facets.items()}  # fmt: skip
    if known.facts:
        scores[f"ild@{CUT}"] = {
            query: distance([known.facts[p] for p in paintings])
            for query, paintings in shown.items()
            if len(paintings) > 1
        }
    return scores


def distance(facts: Sequence[frozenset[str]]) -> float:
    """Mean distance of two of a list: 1 - shared facts / all their facts (Jaccard 1912)."""
    pairs = [(a, b) for i, a in enumerate(facts) for b in facts[:i]]
    return float(np.mean([1 - len(a & b) / len(a | b) if a | b else 0.0 for a, b in pairs]))


def _facet(
    shown: Mapping[str, Sequence[str]], qrels: Qrels, values: Mapping[str, str]
) -> dict[str, float]:
    """Entropy of the values shown less that expected of as many relevant paintings.

    Below 0 a list is less varied than what was asked for; above, it strays. Queries without two
    relevant paintings of known value, and empty lists, have none.
    """
    found: dict[str, float] = {}
    for query, paintings in shown.items():
        mine = [values[p] for p in paintings if p in values]
        grades = qrels.get(query, {})
        wanted = [values[p] for p, g in grades.items() if g >= _RELEVANT and p in values]
        if len(wanted) > 1 and mine:
            expected = expected_entropy(Counter(wanted).values(), min(CUT, len(wanted)))
            found[query] = entropy(Counter(mine).values()) - expected
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
    counts = np.array(list(counts))
    total = int(counts.sum())
    if draw < 2 or len(counts) < 2:
        return 0.0
    taken = np.arange(1, draw + 1)[:, None]
    with np.errstate(invalid="ignore"):
        chance = np.exp(
            _choose(counts, taken) + _choose(total - counts, draw - taken) - _choose(total, draw)
        )
    share = taken / draw
    return float(-(np.nan_to_num(chance) * share * np.log2(share)).sum())


def _choose(of: object, take: object) -> np.ndarray:
    """Logarithm of the binomial coefficient; minus infinity where there is no way to choose."""
    n, k = np.broadcast_arrays(np.asarray(of, float), np.asarray(take, float))
    possible = (k >= 0) & (k <= n)
    n, k = np.where(possible, n, 0), np.where(possible, k, 0)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.where(possible, ways, -np.inf)
