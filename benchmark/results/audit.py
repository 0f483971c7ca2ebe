"""Whether a submission looks, or has the published answers by heart.

The thresholds were written down before any submission was audited; docs/methodology.md says why
they are what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmark.queries.fresh import Fresh
from benchmark.records import Qrels, Query, Run
from benchmark.results.provenance import audit_code
from benchmark.results.retention import kept
from benchmark.results.schema import Audit, Interval, Verdict
from benchmark.results.statistics import by_topic, interval
from benchmark.scorers.measures import CUT, MAIN
from benchmark.scorers.relevance import relevance

LEAST_KEPT = 0.9
"""Whoever keeps less of its score on new pictures, beyond doubt, has learned the old ones."""
LEAST_IN_WORDS = 0.5
"""Whoever keeps less of its score in other words, beyond doubt, has learned the published ones."""


def audit(fresh_run: Run, cut_run: Run, fresh: Fresh, date: str) -> Audit:
    """What a submission's lists on the fresh gallery and on the cut say of it.

    `fresh_run` answers `fresh.questions`, `cut_run` answers `fresh.cut_questions`; a list that is
    missing is worth 0.
    """
    anew = _by_topic(fresh_run, fresh.qrels, fresh.queries)
    known = _by_topic(cut_run, fresh.cut_qrels, fresh.queries)
    anew = {topic: value for topic, value in anew.items() if topic in known}
    others = _by_topic(fresh_run, fresh.qrels, fresh.others)
    by_chance = chance(fresh.cut_qrels, fresh.queries, len(fresh.cut))
    ratio = kept(anew, known) if _beats(known, by_chance) else None
    words = None
    if _beats(anew, chance(fresh.qrels, fresh.queries, len(fresh.collection))):
        words = kept(others, anew)
    return Audit(
        seed=fresh.seed,
        paintings=len(fresh.collection),
        topics=len(anew),
        reworded=len(others),
        fresh=_mean(anew),
        published=_mean(known),
        chance=float(np.mean(list(by_chance.values()))),
        ratio=ratio,
        words=words,
        verdict=_verdict(ratio, words),
        code=audit_code(),
        date=date,
    )


def _verdict(ratio: Interval | None, words: Interval | None) -> Verdict:
    if ratio is None:
        return "too weak to tell"
    if ratio.high < LEAST_KEPT:
        return "falls"
    if words is not None and words.high < LEAST_IN_WORDS:
        return "falls in other words"
    return "holds"


def chance(qrels: Qrels, queries: Sequence[Query], paintings: int) -> dict[str, float]:
    """Topic -> the main measure expected of a random order of so many paintings."""
    discounts = 1 / np.log2(np.arange(CUT) + 2)
    worth = {}
    for query in queries:
        grades = sorted(qrels[query.id].values(), reverse=True)
        ideal = float(np.dot(grades[:CUT], discounts[: len(grades)]))
        shown = discounts[:paintings].sum()
        worth[query.id] = sum(grades) / paintings * shown / ideal if ideal else 0.0
    return by_topic(worth, queries)


def _by_topic(run: Run, qrels: Qrels, queries: Sequence[Query]) -> dict[str, float]:
    answerable = [query.id for query in queries if any(qrels[query.id].values())]
    values = relevance(run, qrels, answerable)[MAIN.name] if answerable else {}
    return by_topic(values, queries)


def _beats(values: Mapping[str, float], by_chance: Mapping[str, float]) -> bool:
    """Whether values are above those of a random order, beyond doubt."""
    return interval(np.array([values[t] - by_chance[t] for t in values])).low > 0


def _mean(values: Mapping[str, float]) -> Interval:
    return interval(np.array(list(values.values())))
