"""Who looks holds; who has the published pictures or words by heart falls."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmark.collections.base import Collection
from benchmark.queries.fresh_gallery import Fresh
from benchmark.records import Qrels, Query, Run
from benchmark.results.audit import audit, beats_chance, chance, keeps, likeness, overlap
from benchmark.results.schema import Audit, Interval
from benchmark.scorers.measures import MAIN
from benchmark.scorers.relevance import relevance

TOPICS, SIZE = 60, 80
QUERIES = tuple(Query(f"t{i}-en", f"text {i}", topic=f"t{i}") for i in range(TOPICS))
OTHERS = tuple(Query(f"t{i}-en-anew", f"said {i}", topic=f"t{i}") for i in range(TOPICS // 2))


def judged(ids: tuple[str, ...], rng: Random) -> Qrels:
    return {q.id: dict(zip(rng.sample(ids, 6), (3, 3, 2, 2, 1, 1), strict=True)) for q in QUERIES}


def made(seed: int = 0) -> Fresh:
    rng = Random(seed)
    new, old = (tuple(f"{kind}{i:03d}" for i in range(SIZE)) for kind in ("new", "old"))
    qrels = judged(new, rng)
    return Fresh(
        seed=seed,
        collection=Collection("fresh", Path(), new, tuple({} for _ in new), lambda row: b""),
        facts={},
        queries=QUERIES,
        others=OTHERS,
        qrels=qrels | {other.id: qrels[f"{other.topic}-en"] for other in OTHERS},
        cut=tuple(range(SIZE)),
        cut_ids=old,
        cut_qrels=judged(old, rng),
    )


def run(
    queries: tuple[Query, ...], ids: tuple[str, ...], worth: Callable[[str, str], float]
) -> Run:
    lists = [tuple(sorted(ids, key=lambda p, q=q.id: -worth(q, p))) for q in queries]
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for _ in queries)
    return Run(tuple(q.id for q in queries), tuple(lists), scores)


def audited(
    fresh: Fresh,
    sees: Callable[[str, str], bool],
    noise: float = 0.0,
    seed: int = 0,
) -> Audit:
    """Of a model that sees the grade of a painting for a query where it `sees` at all."""
    rng = Random(seed)
    grades = {q: {**of, **fresh.cut_qrels.get(q, {})} for q, of in fresh.qrels.items()}

    def worth(query: str, painting: str) -> float:
        seen = grades[query].get(painting, 0) if sees(query, painting) else 0
        return seen + rng.gauss(0, 1) * (noise or 1e-3)

    new = run((*fresh.queries, *fresh.others), fresh.collection.ids, worth)
    return audit(new, run(fresh.queries, fresh.cut_ids, worth), fresh, "2026-01-01")


def test_perfect_sight_holds() -> None:
    found = audited(made(), lambda query, painting: True)
    assert found.ratio == Interval(mean=1.0, low=1.0, high=1.0)
    assert found.words == Interval(mean=1.0, low=1.0, high=1.0)
    assert (found.verdict, found.topics, found.reworded) == ("holds", TOPICS, TOPICS // 2)
    assert (found.paintings, found.date) == (SIZE, "2026-01-01")
    assert found.published.mean == found.fresh.mean == 1.0


def test_published_answers_by_heart_fall() -> None:
    found = audited(made(), lambda query, painting: painting.startswith("old"))
    assert found.verdict == "falls"
    assert found.published.mean == 1.0
    assert found.ratio is not None and found.ratio.high < 0.3
    assert found.words is None


def test_published_words_by_heart_fall() -> None:
    found = audited(made(), lambda query, painting: not query.endswith("anew"))
    assert found.verdict == "falls in other words"
    assert found.ratio == Interval(mean=1.0, low=1.0, high=1.0)
    assert found.words is not None and found.words.high < 0.3


@pytest.mark.parametrize("seed", range(6))
def test_a_short_sighted_honest_model_holds(seed: int) -> None:
    found = audited(made(seed), lambda query, painting: True, noise=1.2, seed=seed)
    assert found.verdict == "holds"
    assert found.published.mean < 0.8
    assert found.ratio is not None
    assert found.ratio.low <= found.ratio.mean <= found.ratio.high
    assert found.ratio.mean == pytest.approx(found.fresh.mean / found.published.mean)


def test_half_of_the_answers_by_heart_fall() -> None:
    """A short-sighted model that has every other published answer by heart."""
    fresh = made()
    noisy = Random(0)

    def sees(query: str, painting: str) -> bool:
        if painting.startswith("old") and int(query[1:].split("-")[0]) % 2:
            return True
        return noisy.random() < 0.4

    assert audited(fresh, sees).verdict == "falls"


@pytest.mark.parametrize("seed", range(4))
def test_chance_is_not_condemned(seed: int) -> None:
    found = audited(made(seed), lambda query, painting: False, seed=seed)
    assert (found.verdict, found.ratio, found.words) == ("too weak to tell", None, None)
    assert found.published.mean == pytest.approx(found.chance, abs=0.05)


def test_lists_that_are_missing_are_worth_nothing() -> None:
    nothing = Run((), (), ())
    found = audit(nothing, nothing, made(), "")
    assert (found.verdict, found.fresh.mean, found.published.mean) == ("too weak to tell", 0, 0)
    fresh = made()
    whole = run(fresh.queries, fresh.cut_ids, lambda q, p: fresh.cut_qrels[q].get(p, 0))
    silent = audit(nothing, whole, fresh, "")
    assert silent.verdict == "falls"
    assert silent.ratio == Interval(mean=0.0, low=0.0, high=0.0)


def test_chance_is_the_mean_of_all_orders() -> None:
    qrels = {"q": {"a": 3, "b": 1}}
    queries = (Query("q", "x", topic="q"),)
    orders = list(permutations("abcd"))
    values = [
        relevance(Run(("q",), (order,), (np.arange(4, 0, -1, dtype=np.float32),)), qrels, ["q"])
        for order in orders
    ]
    mean = np.mean([value[MAIN.name]["q"] for value in values])
    assert chance(qrels, queries, 4) == {"q": pytest.approx(mean)}
    assert chance({"q": {"a": 0}}, queries, 4) == {"q": 0.0}


def test_chance_is_beaten_by_sight_only() -> None:
    fresh = made()
    sighted = run(QUERIES, fresh.cut_ids, lambda q, p: fresh.cut_qrels[q].get(p, 0))
    blind = run(QUERIES, fresh.cut_ids, lambda q, p: Random(f"{q}{p}").random())
    assert beats_chance(sighted, fresh.cut_qrels, QUERIES, SIZE)
    assert not beats_chance(blind, fresh.cut_qrels, QUERIES, SIZE)
    assert not beats_chance(sighted, fresh.cut_qrels, (), SIZE)


def test_overlap_is_rank_biased() -> None:
    assert overlap("abc", "abc") == pytest.approx(1.0)
    assert overlap("abc", "def") == 0.0
    assert overlap("ab", "ba") == pytest.approx(0.1 / 0.9 * 0.81 + 0.81)
    assert overlap("abcd", "abce") > overlap("abcd", "ebcd")
    assert overlap("", "") == 1.0
    assert overlap("", "a") == 0.0


def test_lists_in_disguise_are_compared_by_the_paintings_behind_the_names() -> None:
    queries = (Query("q", "x", topic="q"), Query("r", "y", topic="r"))
    one = np.ones(2, np.float32)
    shown = Run(("q", "r"), (("a", "b"), ("b", "a")), (one, one))
    same = Run(("q", "r"), (("p1", "p2"), ("p2", "p1")), (one, one))
    alike = likeness(shown, same, {"p1": "a", "p2": "b"}, queries)
    assert alike.mean == pytest.approx(1.0) and keeps(alike)
    other = likeness(shown, same, {"p1": "c", "p2": "d"}, queries)
    assert other.mean == 0.0 and not keeps(other)
    assert not keeps(likeness(shown, Run((), (), ()), {}, queries))
