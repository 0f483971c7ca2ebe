"""What an encoder's rows show: the shape of its space, smaller ways to keep it, re-ranking."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.rank import table
from benchmark.harness.evaluation.session import Session
from benchmark.records import Run
from benchmark.results.schema import Space, Stored, Trade
from benchmark.results.scoring import answered
from benchmark.results.statistics import by_topic
from benchmark.scorers.compression import compressed
from benchmark.scorers.geometry import geometry
from benchmark.scorers.measures import CUT, DEPTH, MAIN
from benchmark.scorers.relevance import Scores, relevance
from benchmark.scorers.subtopics import subtopic_measures
from benchmark.scorers.variety import variety
from benchmark.search.exact import exact_search
from benchmark.search.mmr import mmr

WEIGHTS = (1.0, 0.9, 0.7, 0.5, 0.3)
"""Of relevance, where lists are re-ranked for variety."""

_TRADED = (MAIN.name, "alpha_ndcg@10", "ild@10")


def look(entry: Entry, session: Session, run: Run) -> Space:
    """Everything that rows show beside the `run` they gave. Raises SubmissionFailed."""
    queries, asked_all = session.query_set.queries, session.query_set.asked
    names = [query.id for query in queries]
    texts, images, ids = table(entry, session.collection, len(asked_all))
    texts = texts[: len(names)]  # conversations stand after the queries
    found = geometry(texts, images, names, ids, session.query_set.qrels)
    if (cut := entry.report().truncated) is not None:
        found["truncated"] = cut / len(asked_all)
    asked = answered(session.query_set)
    stored = []
    for way, size, smaller_texts, smaller_images in compressed(texts, images):
        smaller = exact_search(names, smaller_texts, ids, smaller_images, DEPTH)
        scores = relevance(smaller, session.query_set.qrels, asked)
        main = _mean(scores, MAIN.name, session)
        stored.append(Stored(way=way, bytes_per_painting=size, main=main))
    trade = []
    for weight, changed in _reranked(run.only(set(names)), images, ids):
        scores = _scores(changed, session, asked)
        means = {name: _mean(scores, name, session) for name in _TRADED if scores.get(name)}
        trade.append(Trade(weight=weight, measures=means))
    return Space(geometry=found, stored=stored, trade=trade)


def _scores(run: Run, session: Session, asked: list[str]) -> Scores:
    """The measures that are traded against one another."""
    query_set = session.query_set
    scores = relevance(run, query_set.qrels, asked)
    scores |= subtopic_measures(run, query_set.subtopics, asked)
    return scores | variety(run, query_set.qrels, session.knowledge, asked)


def _reranked(run: Run, images: np.ndarray, ids: tuple[str, ...]) -> Iterator[tuple[float, Run]]:
    """The run with its lists re-ranked, for each weight; scores fall by one a rank."""
    at = {painting: row for row, painting in enumerate(ids)}
    rows = [images[[at[painting] for painting in found]] for found in run.ids]
    for weight in WEIGHTS:
        lists = [
            tuple(found[i] for i in mmr(scores, row, weight, CUT))
            for found, scores, row in zip(run.ids, run.scores, rows, strict=True)
        ]
        falling = tuple(np.arange(len(found), 0, -1, dtype=np.float32) for found in lists)
        yield weight, Run(run.query_ids, tuple(lists), falling)


def _mean(scores: Scores, name: str, session: Session) -> float:
    """The mean over topics of one measure."""
    return float(np.mean(list(by_topic(scores[name], session.query_set.queries).values())))
