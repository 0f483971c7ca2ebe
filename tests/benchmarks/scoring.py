"""How long everything after the embeddings takes, and whether intervals and tests hold.

    python tests/benchmarks/scoring.py

Random embeddings (512 dimensions) of the atelier's paintings and texts: search, every measure,
intervals, smaller embeddings, re-ranking. Prints seconds in a process that has just started, with
all that is imported and read (budget 4), and warm (budget 2), stage by stage; then for 20
submissions with all pairs compared (budget 30), and how often intervals hold the truth and tests
raise false alarms in simulation.
"""

from __future__ import annotations

import time
from itertools import combinations
from typing import Any

BEGAN = time.perf_counter()


def main() -> None:
    names, sources, texts, images, ids = opened()
    read = time.perf_counter() - BEGAN
    _, cold = one(names, sources, texts, images, ids)
    whole = time.perf_counter() - BEGAN
    warm = min((one(names, sources, texts, images, ids)[1] for _ in range(5)), key=sum)
    print(f"{len(ids)} paintings, {len(names)} texts; seconds in a new process, and warm")
    print(f"importing and reading   {read:5.2f}")
    for stage, first, again in zip(("search", "measures and tables"), cold, warm, strict=True):
        print(f"{stage:23} {first:5.2f}  {again:5.2f}")
    print(f"{'all':23} {whole:5.2f}  {sum(warm):5.2f}")
    twenty(names, sources, ids)
    simulate()


def opened() -> tuple[Any, ...]:
    """The atelier's questions, what is known of it, and random embeddings of both sides."""
    import numpy as np

    from benchmark.collections.registry import find
    from benchmark.queries import load as queries
    from benchmark.tasks import Sources
    from benchmark.workspace import Workspace

    place = find("atelier", Workspace.find())
    collection = place.open()
    query_set = queries.of(place, collection)
    sources = Sources.of(place, collection, query_set)
    names = [name for name, _ in query_set.asked]
    random = np.random.default_rng(0)
    texts, images = (
        random.normal(size=(count, 512)).astype(np.float32)
        for count in (len(names), len(collection))
    )
    return names, sources, texts, images, collection.ids


def one(
    names: Any, sources: Any, texts: Any, images: Any, ids: Any
) -> tuple[Any, tuple[float, float]]:
    """The scores of one submission, and seconds of search and of all else."""
    from benchmark import tasks
    from benchmark.scorers import Embeddings
    from benchmark.search.exact import exact_search

    began = time.perf_counter()
    run = exact_search(names, texts, ids, images, 100)
    searched = time.perf_counter()
    scores = tasks.score(run, sources, len(ids))
    tasks.sections(scores, run, sources, len(ids), Embeddings(names, texts, ids, images))
    return scores, (searched - began, time.perf_counter() - searched)


def twenty(names: Any, sources: Any, ids: Any) -> None:
    """Twenty submissions scored, and all pairs of them compared."""
    import numpy as np

    from benchmark.results.comparison import compare_all
    from benchmark.scorers.measures import MAIN
    from benchmark.statistics import by_topic

    began = time.perf_counter()
    values = {}
    for seed in range(20):
        random = np.random.default_rng(seed)
        sides = [random.normal(size=(len(s), 64)).astype(np.float32) for s in (names, ids)]
        scores, _ = one(names, sources, *sides, ids)
        values[f"s{seed}"] = by_topic(scores[MAIN.name], sources.query_set.queries)
    scored = time.perf_counter()
    compare_all(values)
    pairs = time.perf_counter() - scored
    print(f"twenty with all pairs: {scored - began + pairs:.1f} s, of which pairs {pairs:.2f}")


def simulate() -> None:
    """Coverage of intervals for two shapes of values; false alarms among six equal systems."""
    import numpy as np

    from benchmark.results.paired_tests import holm, paired_p_values
    from benchmark.statistics import intervals

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
