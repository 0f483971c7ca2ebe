"""Against ndeval itself, through ir_measures; and by the measures' definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmark.records import Run
from benchmark.scorers import Answers, Judgments, Scores, compute
from benchmark.scorers.subtopics import MEASURES


def subtopic_measures(
    run: Run, subtopics: dict[str, list[tuple[str, str]]], query_ids: list[str]
) -> Scores:
    qrels = {query: {"p1": 1} for query in query_ids}
    return compute(MEASURES, Answers(run, Judgments(qrels, query_ids, subtopics)))


def problem(seed: int) -> tuple[Run, dict[str, list[tuple[str, str]]]]:
    rng = np.random.default_rng(seed)
    paintings = [f"p{i}" for i in rng.permutation(40)]
    subtopics: dict[str, list[tuple[str, str]]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for number in range(6):
        pairs = [(f"s{rng.integers(4)}", str(p)) for p in rng.choice(paintings, 12)]
        subtopics[f"q{number}"] = sorted(set(pairs))
        length = int(rng.integers(0, 30))
        if rng.random() > 0.15:
            lists[f"q{number}"] = tuple(map(str, rng.choice(paintings, length, replace=False)))
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    return Run(tuple(lists), tuple(lists.values()), scores), subtopics


def defined(ids: tuple[str, ...], pairs: list[tuple[str, str]]) -> dict[str, float]:
    """The three measures as their authors define them, with a greedy best list."""
    kinds = sorted({kind for kind, _ in pairs})
    of = {p: {kind for kind, q in pairs if q == p} for _, p in pairs}

    def gain(ranked: list[str]) -> float:
        seen, total = dict.fromkeys(kinds, 0), 0.0
        for rank, painting in enumerate(ranked[:10]):
            for kind in of.get(painting, ()):
                total += 0.5 ** seen[kind] / math.log2(rank + 2)
            for kind in of.get(painting, ()):
                seen[kind] += 1
        return total

    best: list[str] = []
    while len(best) < min(10, len(of)):
        counts = {k: sum(k in of[p] for p in best) for k in kinds}
        left = [p for p in of if p not in best]
        best.append(max(left, key=lambda p: sum(0.5 ** counts[k] for k in of[p])))
    met = {kind for p in ids[:10] for kind in of.get(p, ())}
    err = 0.0
    for kind in kinds:
        times = 0
        for rank, painting in enumerate(ids[:10], 1):
            if kind in of.get(painting, ()):
                err += 0.5 * 0.5**times / rank
                times += 1
    # ndeval divides by a list that has every kind at every rank, so that the best is 1.
    top = err / len(kinds) / sum(0.5**rank / rank for rank in range(1, 11))
    return {
        "alpha_ndcg@10": gain(list(ids)) / gain(best),
        "err_ia@10": top,
        "strec@10": len(met) / len(kinds),
    }


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_agrees_with_ndeval_and_the_definitions(start: int) -> None:
    import ir_measures
    from ir_measures import ERR_IA, StRecall, alpha_nDCG

    theirs = {alpha_nDCG @ 10: "alpha_ndcg@10", ERR_IA @ 10: "err_ia@10", StRecall @ 10: "strec@10"}
    for seed in range(start, start + 50):
        run, subtopics = problem(seed)
        got = subtopic_measures(run, subtopics, list(subtopics))
        qrels = [
            ir_measures.Qrel(q, p, 1, kind) for q, pairs in subtopics.items() for kind, p in pairs
        ]
        lists = {
            q: {p: float(-i) for i, p in enumerate(ids)}
            for q, ids in zip(run.query_ids, run.ids, strict=True)
            if ids
        }
        for metric in ir_measures.iter_calc(theirs, qrels, lists):
            name = theirs[metric.measure]
            assert got[name][metric.query_id] == pytest.approx(metric.value, abs=1e-9)
        ids = dict(zip(run.query_ids, run.ids, strict=True))
        for query, pairs in subtopics.items():
            wanted = defined(ids.get(query, ()), pairs)
            for name in ("strec@10", "err_ia@10"):
                assert got[name][query] == pytest.approx(wanted[name], abs=1e-6), (seed, name)
            assert got["alpha_ndcg@10"][query] == pytest.approx(wanted["alpha_ndcg@10"], abs=0.05)


def test_a_query_without_subtopics_has_no_value() -> None:
    run, subtopics = problem(1)
    got = subtopic_measures(run, subtopics | {"q9": []}, [*subtopics, "q9", "q8"])
    assert set(got["strec@10"]) == set(subtopics)
