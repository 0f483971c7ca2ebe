"""The ratio of two galleries: its interval counts that topics share paintings."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from benchmark.records import Qrels, Query, Run
from benchmark.results.resampling import Judged, _ndcg, _tables, ratio_of
from benchmark.scorers.measures import MAIN
from benchmark.scorers.relevance import relevance

IDS = tuple(f"p{i:02d}" for i in range(30))


def run(lists: dict[str, tuple[str, ...]]) -> Run:
    scores = tuple(np.arange(len(of), 0, -1, dtype=np.float32) for of in lists.values())
    return Run(tuple(lists), tuple(lists.values()), scores)


def side(seed: int) -> tuple[Judged, tuple[Query, ...]]:
    rng = Random(seed)
    qrels: Qrels = {f"q{i}": {p: rng.randint(1, 3) for p in rng.sample(IDS, 5)} for i in range(12)}
    lists = {query: tuple(rng.sample(IDS, 20)) for query in qrels}
    return Judged(run(lists), qrels, IDS), tuple(Query(q, "x", topic=q) for q in qrels)


def test_with_every_painting_once_it_is_ndcg() -> None:
    judged, queries = side(1)
    copies = np.array([1] * len(IDS) + [0])
    values = relevance(judged.run, judged.qrels, [q.id for q in queries])[MAIN.name]
    assert _ndcg(copies, *_tables(judged, queries)) == pytest.approx(list(values.values()))


def test_a_painting_that_hangs_twice_is_two_paintings() -> None:
    judged, queries = side(2)
    rng = Random(3)
    times = {name: rng.choice((0, 1, 2)) for name in IDS}
    copies = np.array([*times.values(), 0])

    def hung(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{name}/{i}" for name in names for i in range(times[name]))

    qrels = {
        q: {copy: grade for name, grade in of.items() for copy in hung((name,))}
        for q, of in judged.qrels.items()
    }
    lists = dict(zip(judged.run.query_ids, map(hung, judged.run.ids), strict=True))
    asked = [q.id for q in queries if qrels[q.id]]
    wanted = relevance(run(lists), qrels, asked)[MAIN.name]
    found = dict(
        zip((q.id for q in queries), _ndcg(copies, *_tables(judged, queries)), strict=True)
    )
    assert {q: found[q] for q in asked} == pytest.approx(wanted)
    assert all(np.isnan(found[q]) for q in found.keys() - set(asked))


def test_what_one_painting_gives_to_every_topic_is_no_certainty() -> None:
    """All topics have one good painting, a hub of the lists on one side only."""
    queries = tuple(Query(f"q{i}", "x", topic=f"q{i}") for i in range(40))
    qrels = {q.id: {"p00": 3, f"p{1 + i % 20:02d}": 1} for i, q in enumerate(queries)}
    lucky = run({q.id: IDS for q in queries})
    unlucky = run({q.id: (*IDS[1:8], IDS[0], *IDS[8:]) for q in queries})
    one, other = (Judged(lists, qrels, IDS) for lists in (unlucky, lucky))
    found = ratio_of(one, other, queries, 0.5)
    assert found.low < 0.5 < found.high
    assert found.high - found.low > 0.2


def test_it_is_the_same_every_time() -> None:
    judged, queries = side(1)
    other, _ = side(4)
    found = ratio_of(judged, other, queries, 0.9)
    assert found == ratio_of(judged, other, queries, 0.9)
    assert found.low < 0.9 < found.high


def test_nothing_found_on_either_side_has_no_interval() -> None:
    judged, queries = side(1)
    nothing = Judged(run({}), judged.qrels, IDS)
    found = ratio_of(nothing, nothing, queries, 0.0)
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)
