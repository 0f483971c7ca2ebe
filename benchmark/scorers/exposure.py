"""Which paintings of a gallery a model ever shows: exposure and hubs, over all queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmark.scorers._answers import CUT, Answers
from benchmark.scorers._measure import RUN, Measure, Values
from benchmark.scorers._once import once

TITLE = "What the gallery gets to show"

_HUBS = "Radovanović, Nanopoulos and Ivanović, JMLR 11, 2010"


@once
def shown(answers: Answers) -> NDArray[np.float64]:
    """How many queries show each painting of the gallery in their first ten: (n,), sorted."""
    asked = set(answers.judgments.query_ids)
    run = answers.run
    times = Counter(
        painting
        for query, ids in zip(run.query_ids, run.ids, strict=True)
        if query in asked
        for painting in ids[:CUT]
    )
    unseen = [0] * (answers.paintings - len(times))
    return np.array(sorted([*times.values(), *unseen]), float)


def gini(values: NDArray[np.float64]) -> float:
    """Gini's coefficient of values >= 0: mean difference over twice the mean; 0 of all alike."""
    if not values.any():
        return 0.0
    ordered = np.sort(values)
    count = len(ordered)
    ranks = np.arange(1, count + 1)
    return float(((2 * ranks - count - 1) * ordered).sum() / (count * ordered.sum()))


def skewness(values: NDArray[np.float64]) -> float:
    """Third standardised moment (Fisher and Pearson's); 0 of values that are all alike."""
    away = values - values.mean()
    squares = (away**2).mean()
    return float((away**3).mean() / squares**1.5) if squares else 0.0


def _of_run(value: Callable[[NDArray[np.float64]], float]) -> Callable[[Answers], Values]:
    return lambda answers: {RUN: value(shown(answers))} if len(shown(answers)) else {}


def _largest(answers: Answers) -> Values:
    queries = max(1, len(answers.judgments.query_ids))
    return {RUN: float(shown(answers).max(initial=0) / queries)}


MEASURES = (
    Measure(
        "gini",
        "inequality of how often paintings are shown in a first 10; 0 all alike, 1 one alone",
        _of_run(gini),
        cut=CUT,
        better="less",
        unit="run",
    ),
    Measure(
        "never",
        "share of the gallery in no first 10 at all",
        _of_run(lambda times: float((times == 0).mean())),
        cut=CUT,
        better="less",
        unit="run",
    ),
    Measure(
        "hub_skew",
        "skewness of how often paintings are shown; far above 0, a few push in everywhere",
        _of_run(skewness),
        cut=CUT,
        better="less",
        range=(None, None),
        source=_HUBS,
        unit="run",
    ),
    Measure(
        "hub",
        "share of queries that show the painting shown most",
        _largest,
        cut=CUT,
        better="less",
        source=_HUBS,
        unit="run",
    ),
)
