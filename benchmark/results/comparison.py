"""All submissions against one another: what differs, and what places that leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from benchmark.results.paired_tests import detectable, effect_size, holm, paired_p_values
from benchmark.results.schema import Interval
from benchmark.statistics import LEVEL, draws, intervals_of

BLOCK = 256
"""Pairs compared at a time: 20 MB of drawn differences."""

ByTopic = Mapping[str, float]
"""Topic -> value of one measure for one submission."""


@dataclass(frozen=True)
class Comparison:
    """Submission `a` less submission `b`, topic by topic."""

    a: str
    b: str
    difference: Interval
    p: float
    """Of the paired randomization test."""
    corrected: float
    """The same, corrected for all comparisons made together (Holm)."""
    effect: float
    """Difference in its standard deviations (Cohen's d_z)."""
    detectable: float
    """The smallest difference that these topics would show four times in five."""

    @property
    def differs(self) -> bool:
        return self.corrected < LEVEL


def compare_all(values: Mapping[str, ByTopic]) -> list[Comparison]:
    """Every pair of submissions, over the topics that all of them answer.

    Pairs go by in blocks, so that memory grows with submissions, not with their pairs; what is
    drawn is drawn once a submission, for a drawn difference is one of drawn means.
    """
    names = sorted(values)
    topics = _common(values)
    if len(names) < 2 or not topics:
        return []
    table = np.array([[values[name][topic] for name in names] for topic in topics])
    drawn = table.T @ draws(len(topics)).T
    left, right = np.triu_indices(len(names), 1)
    found: list[tuple[Interval, float, float, float]] = []
    for at in range(0, len(left), BLOCK):
        a, b = left[at : at + BLOCK], right[at : at + BLOCK]
        differences = table[:, a] - table[:, b]
        found += zip(
            intervals_of(differences, drawn[a] - drawn[b]),
            paired_p_values(differences).tolist(),
            map(effect_size, differences.T),
            map(detectable, differences.T),
            strict=True,
        )
    corrected = holm([p for _, p, _, _ in found])
    return [
        Comparison(names[a], names[b], interval, p, adjusted, effect, least)
        for a, b, (interval, p, effect, least), adjusted in zip(
            left, right, found, corrected, strict=True
        )
    ]


def places(names: Sequence[str], compared: Sequence[Comparison]) -> dict[str, tuple[int, int]]:
    """The best and the worst place that each submission may have, as far as tests tell.

    The best is after all that are better beyond doubt, the worst before all that are worse.
    """
    beaten: dict[str, int] = dict.fromkeys(names, 0)
    beats: dict[str, int] = dict.fromkeys(names, 0)
    for pair in compared:
        if pair.differs:
            better, worse = (pair.a, pair.b) if pair.difference.mean > 0 else (pair.b, pair.a)
            beats[better] += 1
            beaten[worse] += 1
    return {name: (1 + beaten[name], len(names) - beats[name]) for name in names}


@dataclass(frozen=True)
class QuerySetHealth:
    """What all submissions together say of a query set."""

    failed: list[str]
    """Topics on which the best submission gets below `FAILED`."""
    solved: list[str]
    """Topics on which the worst one gets `SOLVED` or more."""
    difficulty: dict[str, float]
    """Topic -> 1 - mean value over submissions."""
    halves: float | None
    """Kendall's tau of the order of submissions in one half of the topics and in the other: the
    median of 100 random halvings; None below three submissions."""
    categories: dict[str, float]
    """Category -> Kendall's tau of the order there with the order over all."""


FAILED, SOLVED = 0.1, 0.9


def health(values: Mapping[str, ByTopic], category: Mapping[str, str]) -> QuerySetHealth:
    """How hard the topics are, and how far the order of submissions rests on which were asked."""
    topics, names = _common(values), sorted(values)
    table = np.array([[values[name][topic] for topic in topics] for name in names])
    random = np.random.default_rng(0)
    halves = []
    for _ in range(100 if len(names) > 2 and len(topics) > 1 else 0):
        order = random.permutation(len(topics))
        middle = len(topics) // 2
        one, other = table[:, order[:middle]], table[:, order[middle:]]
        halves.append(_tau(one.mean(axis=1), other.mean(axis=1)))
    groups = sorted({category.get(topic, "") for topic in topics} - {""})
    columns = list(zip(topics, table.T, strict=True))
    return QuerySetHealth(
        failed=[topic for topic, column in columns if max(column) < FAILED],
        solved=[topic for topic, column in columns if min(column) >= SOLVED],
        difficulty=dict(zip(topics, (1 - table.mean(axis=0)).tolist(), strict=True)),
        halves=float(np.median(halves)) if halves else None,
        categories={
            group: _tau(
                table[:, [category.get(t) == group for t in topics]].mean(axis=1),
                table.mean(axis=1),
            )
            for group in groups
            if len(names) > 2
        },
    )


def _common(values: Mapping[str, ByTopic]) -> list[str]:
    return sorted(set.intersection(*(set(v) for v in values.values()))) if values else []


def _tau(a: np.ndarray, b: np.ndarray) -> float:
    """Kendall's tau-b; 0 where one side is all ties."""
    found = float(kendalltau(a, b).statistic)
    return found if np.isfinite(found) else 0.0
