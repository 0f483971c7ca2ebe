"""From a run to what the board shows of it: values per query, means, intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from benchmark.collections.knowledge import Knowledge
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results.schema import Asked, Conversations, Interval
from benchmark.results.statistics import by_topic, interval, intervals
from benchmark.scorers.measures import (
    DIVERSITY,
    MAIN,
    RELEVANCE,
    SESSION,
    TALK,
    TURN,
    UNJUDGED,
)
from benchmark.scorers.relevance import Scores, relevance, unjudged
from benchmark.scorers.sessions import nsdcg
from benchmark.scorers.subtopics import subtopic_measures
from benchmark.scorers.variety import variety

NAMES = {
    "relevance": tuple(measure.name for measure in (*RELEVANCE, *UNJUDGED)),
    "subtopics": tuple(measure.name for measure in DIVERSITY[:3]),
    "variety": tuple(measure.name for measure in DIVERSITY[3:]),
    "sessions": TALK,
}
"""Family of measures -> names of those that have a value for each query or session."""


def score(
    run: Run, query_set: QuerySet, known: Knowledge, families: Iterable[str] = tuple(NAMES)
) -> Scores:
    """The measures of some families, all by default, in the order of NAMES.

    For every query that has a relevant painting and the facts it needs.
    """
    asked = answered(query_set)
    qrels = query_set.qrels
    wanted = set(families)
    scores: Scores = {}
    if "relevance" in wanted:
        scores |= relevance(run, qrels, asked)
        if not query_set.complete:
            scores |= unjudged(run, qrels, asked)
    if "subtopics" in wanted and query_set.subtopics:
        scores |= subtopic_measures(run, query_set.subtopics, asked)
    if "variety" in wanted:
        scores |= variety(run, qrels, known, asked)
    if "sessions" in wanted:
        scores |= _conversations(run, query_set)
    return {name: values for name, values in scores.items() if values}


def kept(scores: Scores, stale: Iterable[str]) -> Scores:
    """Stored values of families that are not stale; of measures that are no more, none."""
    names = {name for family, all_ in NAMES.items() if family not in set(stale) for name in all_}
    return {name: values for name, values in scores.items() if name in names}


def _conversations(run: Run, query_set: QuerySet) -> Scores:
    """ndcg@10 of each turn that has an answer, and the value of each session."""
    qrels = query_set.turn_qrels
    turns = [turn for turn in query_set.turns if any(qrels[turn.id].values())]
    if not turns:
        return {}
    lists = dict(zip(run.query_ids, run.ids, strict=True))
    sessions: dict[str, list[tuple[Sequence[str], dict[str, int]]]] = defaultdict(list)
    for turn in query_set.turns:
        sessions[turn.session].append((lists.get(turn.id, ()), qrels[turn.id]))
    return {
        TURN.name: relevance(run, qrels, [turn.id for turn in turns])[MAIN.name],
        SESSION.name: {session: nsdcg(shown) for session, shown in sessions.items()},
    }


def answered(query_set: QuerySet) -> list[str]:
    """Ids of the queries that have a relevant painting."""
    unanswered = set(query_set.unanswered)
    return [query.id for query in query_set.queries if query.id not in unanswered]


def summary(scores: Scores, query_set: QuerySet, split: str = "test") -> dict[str, Any]:
    """The fields of a Result that follow from scores: queries, and means for every grouping."""
    queries = query_set.queries
    return {
        "queries": Asked(
            split=split,
            queries=len(queries),
            topics=len({query.topic for query in queries}),
            texts_digest=query_set.texts_digest,
            qrels_digest=query_set.qrels_digest,
            unanswered=query_set.unanswered,
        ),
        "measures": means(
            {name: values for name, values in scores.items() if name not in TALK}, queries
        ),
        "conversations": _talk(scores, query_set),
        "categories": _by(scores, queries, lambda query: query.category),
        "languages": _by(scores, queries, lambda query: query.language),
        "held_out": _by(scores, queries, _held_out) if any(q.held_out for q in queries) else {},
        "french": _french(scores, queries),
    }


def means(scores: Scores, queries: tuple[Query, ...]) -> dict[str, Interval]:
    """Measure -> mean over topics with its interval; those of the same topics drawn together."""
    columns = {name: by_topic(values, queries) for name, values in scores.items()}
    found: dict[str, Interval] = {}
    for topics in {tuple(column) for column in columns.values()}:
        names = [name for name, column in columns.items() if tuple(column) == topics]
        table = np.array([[columns[name][topic] for name in names] for topic in topics])
        found |= dict(zip(names, intervals(table), strict=True))
    return {name: found[name] for name in scores}


def _by(
    scores: Scores, queries: tuple[Query, ...], group: Callable[[Query], str]
) -> dict[str, dict[str, Interval]]:
    """Group -> main measure -> mean with its interval, for queries that name a group."""
    main = scores[MAIN.name]
    found: dict[str, dict[str, Interval]] = {}
    for name in sorted({group(query) for query in queries} - {""}):
        members = tuple(query for query in queries if group(query) == name)
        if any(query.id in main for query in members):
            found[name] = means({MAIN.name: main}, members)
    return found


def _talk(scores: Scores, query_set: QuerySet) -> Conversations | None:
    """Means over turns of each number, and over sessions; both languages of one count as one."""
    if SESSION.name not in scores:
        return None
    turns: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    sessions: dict[str, list[float]] = defaultdict(list)
    seen: set[str] = set()
    for turn in query_set.turns:
        if turn.id in scores[TURN.name]:
            turns[turn.number][turn.topic].append(scores[TURN.name][turn.id])
        if turn.session not in seen:
            seen.add(turn.session)
            sessions[turn.session_topic].append(scores[SESSION.name][turn.session])
    return Conversations(
        sessions=len(sessions),
        nsdcg=_of_groups(sessions),
        turns=[_of_groups(turns[number]) for number in sorted(turns)],
    )


def _of_groups(groups: dict[str, list[float]]) -> Interval:
    return interval(np.array([np.mean(values) for values in groups.values()]))


def _held_out(query: Query) -> str:
    return "held out" if query.held_out else "seen"


def _french(scores: Scores, queries: tuple[Query, ...]) -> Interval | None:
    """French less English, over the topics asked in both."""
    values = {
        language: by_topic(scores[MAIN.name], [q for q in queries if q.language == language])
        for language in ("en", "fr")
    }
    both = values["en"].keys() & values["fr"].keys()
    if not both:
        return None
    return interval(np.array([values["fr"][t] - values["en"][t] for t in sorted(both)]))
