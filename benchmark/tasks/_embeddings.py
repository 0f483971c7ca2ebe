"""What an encoder's embeddings show beyond the lists they give: other similarities, smaller ones,
re-ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from pydantic import Field

from benchmark.records import Interval, Query, Record, Run
from benchmark.scorers import CUT, DEPTH, RUN, Answers, Embeddings, Measure, compute
from benchmark.scorers.measures import BY_NAME, GEOMETRY, MAIN
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.statistics import by_topic, intervals

WEIGHTS = (1.0, 0.9, 0.7, 0.5, 0.3)
"""Of relevance, where lists are re-ranked for variety."""

_TRADED = (MAIN, BY_NAME["alpha_ndcg@10"], BY_NAME["ild@10"])


class Stored(Record):
    """A smaller way to keep embeddings, and what is then found."""

    way: str
    bytes_per_painting: float
    main: float


class Trade(Record):
    """The first ten re-ranked for variety (MMR), and what that costs in relevance."""

    weight: float
    """Of relevance: 1 leaves the order, less looks for what is unlike the ones before."""
    measures: dict[str, float]


class Searched(Record):
    """What is found where embeddings are searched by a similarity."""

    main: Interval
    gain: Interval
    """Main measure less that by the inner product, topic by topic."""


class EmbeddingFigures(Record):
    """What an encoder's own embeddings show."""

    geometry: dict[str, float]
    similarities: dict[str, Searched] = Field(default_factory=dict)
    """By every similarity that can be searched by, whichever the submission is; none in a result
    of before there were several."""
    stored: list[Stored]
    trade: list[Trade]


def figures(answers: Answers, queries: Sequence[Query]) -> EmbeddingFigures:
    """Everything that the embeddings beside a run show; no measure but those in the tables."""
    from benchmark.search.compression import compressed
    from benchmark.search.exact import exact_search

    given = answers.embeddings
    assert given is not None, "asked for only where they are at hand"
    stored = []
    for way, size, texts, images in compressed(given.texts, given.images):
        ids = given.query_ids
        smaller = exact_search(ids, texts, given.painting_ids, images, MAIN.cut or DEPTH)
        main = _means(smaller, answers, (MAIN,), queries)[MAIN.name]
        stored.append(Stored(way=way, bytes_per_painting=size, main=main))
    trade = [
        Trade(weight=weight, measures=_means(changed, answers, _TRADED, queries))
        for weight, changed in _reranked(answers.run.only(set(given.query_ids)), given)
    ]
    similarities = _by_similarity(given, answers, queries)
    geometry = {name: values[RUN] for name, values in compute(GEOMETRY, answers).items()}
    return EmbeddingFigures(
        geometry=geometry, similarities=similarities, stored=stored, trade=trade
    )


def _by_similarity(
    given: Embeddings, answers: Answers, queries: Sequence[Query]
) -> dict[str, Searched]:
    """Each similarity's main measure, and how much that is beyond the inner product's."""
    from benchmark.search.similarities import SIMILARITIES, search

    values = dict[str, dict[str, float]]()
    for name in (INNER_PRODUCT, *SIMILARITIES):
        sides = given.query_ids, given.texts, given.painting_ids, given.images
        run = search(name, *sides, MAIN.cut or DEPTH)
        found = compute((MAIN,), Answers(run, answers.judgments, answers.paintings))
        values[name] = by_topic(found.get(MAIN.name, {}), queries)
    table = np.array([[*one.values()] for one in values.values()]).T
    if not table.size:
        return {}
    mains, gains = intervals(table), intervals(table - table[:, :1])
    return {
        name: Searched(main=main, gain=gain)
        for name, main, gain in zip(values, mains, gains, strict=True)
    }


def _means(
    run: Run, answers: Answers, measures: Sequence[Measure], queries: Sequence[Query]
) -> dict[str, float]:
    """Measure -> mean over topics, for those that have values."""
    scores = compute(measures, Answers(run, answers.judgments, answers.paintings))
    return {
        name: float(np.mean([*by_topic(values, queries).values()]))
        for name, values in scores.items()
    }


def _reranked(run: Run, given: Embeddings) -> Iterator[tuple[float, Run]]:
    """The run with the first ten chosen anew for each weight; scores fall by one a rank."""
    from benchmark.search.mmr import mmr

    at = {painting: row for row, painting in enumerate(given.painting_ids)}
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, found in enumerate(run.ids):
        by_length[len(found)].append(place)
    lists: list[dict[int, tuple[str, ...]]] = [{} for _ in WEIGHTS]
    for places in by_length.values():  # those of an encoder are all of one length
        rows = np.array(
            [[at[painting] for painting in run.ids[place]] for place in places], np.int64
        )
        scores = np.array([run.scores[place] for place in places])
        for kept, picked in zip(lists, mmr(scores, given.images, rows, WEIGHTS, CUT), strict=True):
            for place, picks in zip(places, picked.tolist(), strict=True):
                kept[place] = tuple(run.ids[place][pick] for pick in picks)
    for weight, kept in zip(WEIGHTS, lists, strict=True):
        ids = tuple(kept[place] for place in range(len(run.ids)))
        falling = tuple(np.arange(len(found), 0, -1, dtype=np.float32) for found in ids)
        yield weight, Run(run.query_ids, ids, falling)
