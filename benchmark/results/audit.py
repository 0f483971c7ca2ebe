"""Whether a submission looks, or has the published answers by heart.

The thresholds but LEAST_KNOWN were written down before any submission was audited;
docs/methodology.md says why they are what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmark.queries.fresh_gallery import Fresh
from benchmark.records import Qrels, Query, Run
from benchmark.results.provenance import audit_code
from benchmark.results.resampling import Judged, ratio_of
from benchmark.results.retention import kept
from benchmark.results.schema import Audit, Interval, Verdict
from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import CUT, MAIN
from benchmark.statistics import by_topic, interval

LEAST_KNOWN = 2.0
"""Times chance: whoever scores less is too weak, for the ratio would compare two draws of luck."""
LEAST_KEPT = 0.9
"""Whoever keeps less of its score on new pictures, beyond doubt, has learned the old ones."""
LEAST_IN_WORDS = 0.5
"""Whoever keeps less of its score in other words, beyond doubt, has learned the published ones."""
LEAST_ALIKE = 0.5
"""Whose lists are less alike for the same pictures in disguise, beyond doubt, does not look."""


def audit(fresh_run: Run, cut_run: Run, fresh: Fresh, date: str) -> Audit:
    """What a submission's lists on the fresh gallery and on the cut say of it.

    `fresh_run` answers `fresh.questions`, `cut_run` answers `fresh.cut_questions`; a list that is
    missing is worth 0.
    """
    anew = _by_topic(fresh_run, fresh.qrels, fresh.queries)
    known = _by_topic(cut_run, fresh.cut_qrels, fresh.queries)
    anew = {topic: value for topic, value in anew.items() if topic in known}
    others = _by_topic(fresh_run, fresh.qrels, fresh.others)
    ratio = None
    if beats_chance(cut_run, fresh.cut_qrels, fresh.queries, len(fresh.cut)):
        sides = (
            Judged(fresh_run, fresh.qrels, fresh.collection.ids),
            Judged(cut_run, fresh.cut_qrels, fresh.cut_ids),
        )
        ratio = ratio_of(*sides, fresh.queries, _mean(anew).mean / _mean(known).mean)
    words = None
    if beats_chance(fresh_run, fresh.qrels, fresh.queries, len(fresh.collection)):
        words = kept(others, anew)
    return Audit(
        seed=fresh.seed,
        paintings=len(fresh.collection),
        topics=len(anew),
        reworded=len(others),
        fresh=_mean(anew),
        published=_mean(known),
        chance=_mean(chance(fresh.cut_qrels, fresh.queries, len(fresh.cut))).mean,
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


def beats_chance(run: Run, qrels: Qrels, queries: Sequence[Query], paintings: int) -> bool:
    """Whether a run is beyond doubt above LEAST_KNOWN times a random order of the paintings."""
    values, by_chance = _by_topic(run, qrels, queries), chance(qrels, queries, paintings)
    gained = [values[topic] - LEAST_KNOWN * by_chance[topic] for topic in values]
    return bool(gained) and interval(np.array(gained)).low > 0


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
    judged = Judgments(qrels, [query.id for query in queries])
    return by_topic(MAIN.compute(Answers(run, judged)), queries)


def _mean(values: Mapping[str, float]) -> Interval:
    return interval(np.array(list(values.values())))


def likeness(
    shown: Run, disguised: Run, real: Mapping[str, str], queries: Sequence[Query]
) -> Interval:
    """How alike the first ten are for the same pictures in disguise: mean over topics.

    Extrapolated rank-biased overlap (Webber, Moffat and Zobel, ACM TOIS 28, 2010), p = 0.9, of two
    runs over the same paintings; `real` gives the painting behind a name in disguise. 1 is the same
    list, 0 no painting in common.
    """
    lists, others = (dict(zip(run.query_ids, run.ids, strict=True)) for run in (shown, disguised))
    alike = {
        query.id: overlap(
            lists.get(query.id, ())[:CUT],
            [real[name] for name in others.get(query.id, ())[:CUT]],
        )
        for query in queries
    }
    return _mean(by_topic(alike, queries))


def keeps(alike: Interval) -> bool:
    """Whether lists survive a disguise, as those of whoever looks at the pictures do.

    Ask it of what beats chance only: an honest model that sees nothing has other lists each time.
    """
    return alike.high >= LEAST_ALIKE


def overlap(one: Sequence[str], other: Sequence[str], p: float = 0.9) -> float:
    """Rank-biased overlap of two lists, extrapolated from the length of the longer."""
    depth = max(len(one), len(other))
    if not depth:
        return 1.0
    shared = np.array([len(set(one[:d]) & set(other[:d])) for d in range(1, depth + 1)])
    places = np.arange(1, depth + 1)
    weighed = (1 - p) / p * float((shared / places * p**places).sum())
    return weighed + float(shared[-1] / depth * p**depth)
