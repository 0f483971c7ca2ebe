"""Relevance: what a list is worth by the grades of its paintings, as ranx computes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from benchmark.records import Qrels, Run
from benchmark.scorers._answers import Answers, Judgments
from benchmark.scorers._measure import Measure, Scores, Values, compute
from benchmark.scorers._ranx import by_ranx

TITLE = "Relevance"


def ndcg(cut: int) -> Measure:
    """Normalised discounted cumulative gain: the only measure that uses grades."""
    meaning = f"graded quality of the first {cut}, best possible list = 1"
    source = "Järvelin and Kekäläinen, TOIS 20, 2002"
    return Measure("ndcg", meaning, _ranx(f"ndcg@{cut}"), cut=cut, source=source)


def hit_rate(cut: int) -> Measure:
    """Whether there is a painting of grade 1 or more."""
    meaning = f"share of queries with a painting of grade 1 or more in the first {cut}"
    return Measure("hit_rate", meaning, _ranx(f"hit_rate@{cut}"), cut=cut)


def average_precision(rel: int) -> Measure:
    """Mean precision at each relevant painting."""
    meaning = f"average precision, counting grade {rel} or more as relevant"
    return Measure("map", meaning, _ranx(f"map-l{rel}"), options=(("rel", rel),))


def recall(cut: int, rel: int) -> Measure:
    """The share of relevant paintings that is found."""
    meaning = f"share of paintings of grade {rel} or more found in the first {cut}"
    formula = _ranx(f"recall@{cut}-l{rel}")
    return Measure("recall", meaning, formula, cut=cut, options=(("rel", rel),))


def precision(cut: int, rel: int) -> Measure:
    """The share of what is shown that is relevant."""
    meaning = f"share of the first {cut} with grade {rel} or more"
    formula = _ranx(f"precision@{cut}-l{rel}")
    return Measure("precision", meaning, formula, cut=cut, options=(("rel", rel),))


def rbp(p: float) -> Measure:
    """Rank-biased precision: somebody looks on at each painting with probability `p`.

    ranx weighs it by grades; it is defined for relevant or not, and handed no more.
    """
    meaning = f"what somebody finds of grade 1 or more who looks on with {100 * p:.0f} % each time"
    formula = _ranx(f"rbp.{f'{p:g}'.removeprefix('0.')}", binary=True)
    source = "Moffat and Zobel, TOIS 27, 2008"
    return Measure("rbp", meaning, formula, options=(("p", p),), source=source)


def _ranx(metric: str, binary: bool = False) -> Callable[[Answers], Values]:
    return partial(by_ranx, metric=metric, binary=binary)


MEASURES = (
    ndcg(10),
    ndcg(100),
    hit_rate(1),
    Measure("mrr", "1 / rank of the first painting of grade 1 or more", _ranx("mrr")),
    average_precision(rel=2),
    recall(10, rel=2),
    recall(100, rel=2),
    precision(5, rel=2),
    rbp(0.8),
)


def relevance(run: Run, qrels: Qrels, query_ids: Sequence[str]) -> Scores:
    """Every measure of relevance for those of `query_ids` that have a relevant painting."""
    return compute(MEASURES, Answers(run, Judgments(qrels, query_ids)))
