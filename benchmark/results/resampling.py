"""The ratio of a measure on two galleries, when other paintings might have hung in either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Qrels, Query, Run
from benchmark.results.schema import Interval
from benchmark.scorers.measures import CUT
from benchmark.statistics import LEVEL, SEED

DRAWS = 2_000
_DEEP = 50
"""Paintings of a list that are looked at: among so many redrawn ones there are ten, for certain."""


@dataclass(frozen=True)
class Judged:
    """A run over the paintings `ids`, with their grades, for `queries`."""

    run: Run
    qrels: Qrels
    ids: Sequence[str]


def ratio_of(one: Judged, other: Judged, queries: Sequence[Query], value: float) -> Interval:
    """`value`, the ratio of mean ndcg@10 over topics on two galleries, with its 95 % interval.

    Bootstrap over topics and over the paintings of both galleries at once (the pigeonhole
    bootstrap, Owen 2007, Annals of Applied Statistics 1, which errs on the wide side): topics
    share their paintings, so what one lucky painting gives to many of them is no more evidence
    than one painting is. Topics are drawn for both alike. Quantiles are centred on the value.
    """
    random = np.random.default_rng(SEED)
    order = sorted({query.topic for query in queries})
    topics = np.array([order.index(query.topic) for query in queries])
    mean = (topics == np.arange(len(order))[:, None]).astype(float)
    mean /= mean.sum(axis=1, keepdims=True)
    tables = [_tables(side, queries) for side in (one, other)]
    found = np.full(DRAWS, np.nan)
    for draw in range(DRAWS):
        weights = np.bincount(random.integers(0, len(order), len(order)), minlength=len(order))
        sides = []
        for side, table in zip((one, other), tables, strict=True):
            size = len(side.ids)
            copies = np.bincount(random.integers(0, size, size), minlength=size + 1)
            sides.append(_ndcg(copies, *table))
        known = np.isfinite(sides[0]) & np.isfinite(sides[1])
        above, below = (weights @ (mean @ np.where(known, side, 0.0)) for side in sides)
        found[draw] = above / below if below > 0 else np.nan
    found = found[np.isfinite(found)]
    middle = np.median(found) if len(found) else 0.0
    if not middle:
        return Interval(mean=value, low=value, high=value)
    low, high = value * np.quantile(found, [LEVEL / 2, 1 - LEVEL / 2]) / middle
    return Interval(mean=value, low=float(low), high=float(high))


Table = tuple[NDArray[np.int64], NDArray[np.float64]]


def _tables(side: Judged, queries: Sequence[Query]) -> tuple[Table, Table]:
    """Paintings by number with their grades, as listed and as they had best be: (q, _DEEP) each."""
    rows = {name: row for row, name in enumerate(side.ids)}
    lists = dict(zip(side.run.query_ids, side.run.ids, strict=True))
    listed = [list(lists.get(query.id, ()))[:_DEEP] for query in queries]
    best = [
        sorted(side.qrels[query.id], key=lambda name: -side.qrels[query.id][name])[:_DEEP]
        for query in queries
    ]
    tables = []
    for names in (listed, best):
        numbers = np.full((len(queries), _DEEP), len(rows))
        grades = np.zeros((len(queries), _DEEP))
        for line, (query, of) in enumerate(zip(queries, names, strict=True)):
            numbers[line, : len(of)] = [rows.get(name, len(rows)) for name in of]
            grades[line, : len(of)] = [side.qrels[query.id].get(name, 0) for name in of]
        tables.append((numbers, grades))
    return tables[0], tables[1]


def _ndcg(copies: NDArray[np.int64], listed: Table, best: Table) -> NDArray[np.float64]:
    """(q,) ndcg@10 when each painting hangs so many times; NaN where nothing is relevant."""
    gained, ideal = (_dcg(copies, *table) for table in (listed, best))
    return np.divide(gained, ideal, out=np.full(len(gained), np.nan), where=ideal > 0)


_WORTH = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(CUT) + 2))])
"""Of the first so many places, grade 1 in each."""


def _dcg(
    copies: NDArray[np.int64], numbers: NDArray[np.int64], grades: NDArray[np.float64]
) -> NDArray[np.float64]:
    own = copies[numbers]
    stop = own.cumsum(axis=1)
    worth = _WORTH[np.minimum(stop, CUT)] - _WORTH[np.minimum(stop - own, CUT)]
    return np.einsum("qn,qn->q", worth, grades)
