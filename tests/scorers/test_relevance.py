from __future__ import annotations

import math

import ir_measures
import numpy as np
import pytest

from benchmark.records import Qrels, Run
from benchmark.scorers import Answers, Judgments, Scores, compute
from benchmark.scorers.relevance import MEASURES, ndcg, rbp, recall, relevance
from benchmark.scorers.unjudged import MEASURES as UNJUDGED
from benchmark.search.ranking import ranking

TREC = {
    "ndcg@10": "nDCG@10",
    "ndcg@100": "nDCG@100",
    "hit_rate@1": "Success@1",
    "mrr": "RR",
    "map(rel=2)": "AP(rel=2)",
    "recall(rel=2)@10": "R(rel=2)@10",
    "recall(rel=2)@100": "R(rel=2)@100",
    "precision(rel=2)@5": "P(rel=2)@5",
}


def run_of(lists: dict[str, list[str]]) -> Run:
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    return Run(tuple(lists), tuple(map(tuple, lists.values())), scores)


def unjudged(run: Run, qrels: Qrels) -> Scores:
    return compute(UNJUDGED, Answers(run, Judgments(qrels, list(qrels), complete=False)))


def one(found: list[str], grades: dict[str, int]) -> dict[str, float]:
    scores = relevance(run_of({"q": found}), {"q": grades}, ["q"])
    return {name: values["q"] for name, values in scores.items()}


def random_problem(seed: int) -> tuple[Run, Qrels]:
    """Judgments of every grade, and lists with many ties, some short, some missing or empty."""
    rng = np.random.default_rng(seed)
    gallery = [f"p{number}" for number in rng.permutation(int(rng.integers(5, 180)))]
    qrels: Qrels = {}
    names, ids, scores = [], [], []
    for number in range(12):
        query = f"q{number}"
        judged = rng.choice(gallery, min(len(gallery), int(rng.integers(1, 40))), replace=False)
        grades = rng.choice([0, 0, 1, 2, 3], len(judged))
        grades[0] = rng.integers(1, 4)
        qrels[query] = {str(p): int(g) for p, g in zip(judged, grades, strict=True)}
        if rng.random() < 0.15:
            continue
        length = int(rng.integers(0, len(gallery) + 1))
        found = rng.choice(gallery, length, replace=False)
        names.append(query)
        ids.append([str(name) for name in found])
        values = rng.integers(0, 6, length) if seed % 2 else rng.normal(size=length)
        scores.append((values / 7).astype(np.float32))
    return ranking(names, ids, scores, set(gallery), 100), qrels


@pytest.mark.parametrize("start", range(0, 200, 40))
def test_agrees_with_trec_eval(start: int) -> None:
    measures = {name: ir_measures.parse_measure(trec) for name, trec in TREC.items()}
    for seed in range(start, start + 40):
        run, qrels = random_problem(seed)
        # trec_eval gets the scores, and breaks the ties by itself.
        lists = {
            query: {name: float(score) for name, score in zip(ids, scores, strict=True)}
            for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True)
            if ids
        }
        wanted = dict.fromkeys(((m, q) for m in TREC for q in qrels), 0.0)
        names = {measure: name for name, measure in measures.items()}
        for metric in ir_measures.iter_calc(measures.values(), qrels, lists):
            wanted[names[metric.measure], metric.query_id] = metric.value
        got = relevance(run, qrels, list(qrels))
        for (name, query), value in wanted.items():
            assert got[name][query] == pytest.approx(value, abs=1e-9), (seed, name, query)
        for query in qrels:
            ids = dict(zip(run.query_ids, run.ids, strict=True)).get(query, ())
            assert got["rbp(p=0.8)"][query] == pytest.approx(moffat(ids, qrels[query]), abs=1e-9)


def moffat(ids: tuple[str, ...], grades: dict[str, int]) -> float:
    """Moffat and Zobel (2008), equation 4: relevant or not, never by grade."""
    return 0.2 * sum(0.8**rank for rank, p in enumerate(ids[:100]) if grades.get(p, 0) > 0)


@pytest.mark.parametrize("start", range(0, 200, 100))
def test_incomplete_judgments_agree_with_ir_measures(start: int) -> None:
    names = {
        ir_measures.parse_measure("Judged@10"): "judged@10",
        ir_measures.parse_measure("nDCG(judged_only=True)@10"): "condensed_ndcg@10",
    }
    for seed in range(start, start + 100):
        run, qrels = random_problem(seed)
        lists = {
            query: {name: float(-rank) for rank, name in enumerate(ids)}
            for query, ids in zip(run.query_ids, run.ids, strict=True)
            if len(ids) >= 10  # Judged@10 of a shorter list is a share of its length there
        }
        got = unjudged(run, qrels)
        for metric in ir_measures.iter_calc(names, qrels, lists):
            if metric.query_id in lists:
                value = got[names[metric.measure]][metric.query_id]
                assert value == pytest.approx(metric.value, abs=1e-9), (seed, metric)


def test_incomplete_judgments_by_hand() -> None:
    run = run_of({"q": ["x", "a", "y", "z"], "none": []})
    got = unjudged(run, {"q": {"a": 3, "z": 0}, "none": {"a": 1}})
    assert got == {
        "judged@10": {"q": 0.2, "none": 0.0},
        "condensed_ndcg@10": {"q": 1.0, "none": 0.0},
    }


def test_every_measure_is_compared() -> None:
    assert {*TREC, "rbp(p=0.8)"} == {measure.name for measure in MEASURES}


def test_the_best_list_scores_one() -> None:
    scores = one(["a", "b", "c"], {"a": 3, "b": 2, "c": 1})
    assert scores == pytest.approx(
        {name: 1.0 for name in TREC}
        | {"precision(rel=2)@5": 0.4, "rbp(p=0.8)": 0.2 * (1 + 0.8 + 0.8**2)}
    )


def test_a_list_by_hand() -> None:
    scores = one(["x", "b", "c", "a"], {"a": 3, "b": 1, "c": 2, "d": 2, "z": 0})
    gain = 1 / math.log2(3) + 2 / math.log2(4) + 3 / math.log2(5)
    best = 3 + 2 / math.log2(3) + 2 / math.log2(4) + 1 / math.log2(5)
    assert scores == pytest.approx(
        {
            "ndcg@10": gain / best,
            "ndcg@100": gain / best,
            "hit_rate@1": 0,
            "mrr": 1 / 2,
            "map(rel=2)": (1 / 3 + 2 / 4) / 3,
            "recall(rel=2)@10": 2 / 3,
            "recall(rel=2)@100": 2 / 3,
            "precision(rel=2)@5": 2 / 5,
            "rbp(p=0.8)": 0.2 * (0.8 + 0.8**2 + 0.8**3),
        }
    )


def test_nothing_found_scores_zero() -> None:
    zero = dict.fromkeys((*TREC, "rbp(p=0.8)"), 0.0)
    assert one([], {"a": 3}) == zero
    assert one(["x", "y"], {"a": 3}) == zero
    scores = relevance(run_of({"other": ["a"]}), {"q": {"a": 3}}, ["q"])
    assert {name: values["q"] for name, values in scores.items()} == zero


def test_beyond_the_depth_nothing_counts() -> None:
    found = one([*(f"x{i}" for i in range(100)), "a"], {"a": 3})
    assert set(found.values()) == {0.0}


def test_queries_stand_in_the_order_asked() -> None:
    run = run_of({"r": ["a"], "q": ["b"]})
    scores = relevance(run, {"q": {"b": 1}, "r": {"b": 1}}, ["q", "r"])
    assert list(scores["mrr"].items()) == [("q", 1.0), ("r", 0.0)]


def test_a_query_without_a_relevant_painting_has_no_value() -> None:
    scores = relevance(run_of({"q": ["a"]}), {"q": {"a": 0}, "r": {"a": 1}}, ["q", "r", "s"])
    assert {name: [*values] for name, values in scores.items()} == {m: ["r"] for m in scores}
    assert relevance(run_of({"q": ["a"]}), {"q": {"a": 0}}, ["q"]) == {}


def test_parameters_stand_in_the_name() -> None:
    assert [str(m) for m in (ndcg(5), recall(50, rel=3), rbp(0.95))] == [
        "ndcg@5",
        "recall(rel=3)@50",
        "rbp(p=0.95)",
    ]
    judged = Judgments({"q": {"a": 3, "b": 3}}, ["q"])
    answers = Answers(run_of({"q": ["x", "a"]}), judged)
    assert recall(2, rel=3).compute(answers) == {"q": 0.5}
    assert rbp(0.95).compute(answers) == {"q": pytest.approx(0.05 * 0.95)}
