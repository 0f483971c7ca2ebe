"""Which paintings of a gallery a model ever shows: exposure and hubs, over all queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

import numpy as np
from scipy.stats import skew

from benchmark.records import Run
from benchmark.scorers.measures import CUT


def exposure(run: Run, paintings: int, query_ids: Set[str]) -> dict[str, float]:
    """The measures of CATALOGUE over those queries, on a gallery of so many paintings."""
    lists = [ids for query, ids in zip(run.query_ids, run.ids, strict=True) if query in query_ids]
    queries = len(query_ids)
    times = Counter(painting for ids in lists for painting in ids[:CUT])
    shown = np.zeros(paintings)
    shown[: len(times)] = sorted(times.values())
    if not times or np.ptp(shown) == 0:
        return {"gini@10": 0.0, "never@10": float(not times), "hub_skew@10": 0.0,
                "hub@10": float(shown.max(initial=0) / max(1, queries))}  # fmt: skip
    return {
        "gini@10": gini(shown),
        "never@10": float((shown == 0).mean()),
        "hub_skew@10": float(skew(shown)),
        "hub@10": float(shown.max() / queries),
    }


def gini(values: np.ndarray) -> float:
    """Gini's coefficient of values >= 0 that are not all 0: mean difference over twice the mean."""
    ordered = np.sort(values)
    count = len(ordered)
    ranks = np.arange(1, count + 1)
    return float(((2 * ranks - count - 1) * ordered).sum() / (count * ordered.sum()))
