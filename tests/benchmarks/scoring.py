"""How long scoring takes: every measure with intervals, and all pairs of many submissions.

    python tests/benchmarks/scoring.py

Random runs of 300 queries x 100 paintings on the atelier's queries. Prints seconds, warm, for one
submission (budget 2) and for 20 with all pairs compared (budget 30), and how often intervals hold
the truth and tests raise false alarms in simulation.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import numpy as np

from benchmark.collections.knowledge import knowledge
from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.records import Run
from benchmark.results import scoring
from benchmark.results.comparison import compare_all
from benchmark.results.statistics import by_topic, holm, intervals, paired_p_values
from benchmark.scorers.measures import MAIN
from benchmark.workspace import Workspace


def main() -> None:
    place = find("atelier", Workspace.find())
    collection = place.open()
    whole = queries.of(place, collection)
    some = replace(whole, queries=whole.queries[:300], turns=(), turn_qrels={})
    known = knowledge(place, collection)

    def one(seed: int) -> dict[str, float]:
        random = np.random.default_rng(seed)
        lists = tuple(
            tuple(np.array(collection.ids)[random.permutation(len(collection))[:100]])
            for _ in some.queries
        )
        scores = tuple(np.arange(100, 0, -1, dtype=np.float32) for _ in lists)
        run = Run(tuple(query.id for query in some.queries), lists, scores)
        began = time.perf_counter()
        found = scoring.score(run, some, known)
        scoring.summary(found, some)
        spent.append(time.perf_counter() - began)
        return by_topic(found[MAIN.name], some.queries)

    spent: list[float] = []
    one(0)
    values = {f"s{seed}": one(seed) for seed in range(20)}
    print(f"one submission, warm: {np.median(spent[1:]):.2f} s (first {spent[0]:.2f})")
    began = time.perf_counter()
    compare_all(values)
    pairs = time.perf_counter() - began
    print(f"twenty with all pairs: {sum(spent[1:]) + pairs:.1f} s, of which pairs {pairs:.2f}")
    simulate()


def simulate() -> None:
    """Coverage of intervals for two shapes of values; false alarms among six equal systems."""
    random = np.random.default_rng(15)
    for name, table, truth in (
        ("beta", random.beta(0.6, 1.8, (100, 2000)), 0.25),
        ("binary", random.binomial(1, 0.4, (100, 2000)).astype(float), 0.4),
    ):
        held = np.mean([i.low <= truth <= i.high for i in intervals(table)])
        print(f"95 % intervals of 100 {name} values hold the truth in {100 * held:.1f} %")
    alarms = 0
    for _ in range(1000):
        hard = random.beta(1, 2, 60)[:, None]
        table = np.clip(hard + random.normal(0, 0.15, (60, 6)), 0, 1)
        columns = [table[:, a] - table[:, b] for a, b in combinations(range(6), 2)]
        alarms += min(holm(paired_p_values(np.column_stack(columns)).tolist())) < 0.05
    print(f"six equal systems, fifteen tests after Holm: any false alarm in {alarms / 10:.1f} %")


if __name__ == "__main__":
    main()
