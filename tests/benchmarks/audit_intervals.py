"""How often an audit's interval leaves out the truth, where the truth is known to be 1.

    python tests/benchmarks/audit_intervals.py [TIMES]

The published gallery stands in for both: 300 of its paintings drawn by chance against 300 that
match them, of another thousand. Two submissions, and one of them spoilt: every painting is pushed
up or down in all lists alike, as a weak model's hubs are.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from benchmark import submission as submissions
from benchmark.abilities import Encoder
from benchmark.adapters import load as load_model
from benchmark.collections.base import Collection
from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.queries.matching import GRADES, matched
from benchmark.records import Query, Run
from benchmark.results.resampling import Judged, ratio_of
from benchmark.results.retention import kept
from benchmark.scorers.measures import DEPTH, MAIN
from benchmark.scorers.relevance import relevance
from benchmark.statistics import by_topic
from benchmark.workspace import Workspace

NAMES = ("atelier-student-tiny-int8", "atelier-student-distilled-int8")
SIZE, _BATCH = 300, 50


def products(workspace: Workspace, name: str, published: Collection, asked: QuerySet) -> NDArray:
    """Scores (queries, paintings) of a submission."""
    folder = workspace.submissions / name
    model = load_model(folder, submissions.load(folder).model, None, "cpu")
    assert isinstance(model, Encoder)
    texts = [query.text for query in asked.queries]
    said = [model.encode_texts(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
    shown = [
        model.encode_images([published.image(row) for row in range(i, i + _BATCH)])
        for i in range(0, len(published), _BATCH)
    ]
    return np.concatenate(said) @ np.concatenate(shown).T


def judged(
    scores: NDArray, rows: NDArray, published: Collection, asked: QuerySet, chosen: list[int]
) -> Judged:
    """The lists of some queries over some paintings."""
    ids = [published.ids[row] for row in rows]
    held = set(ids)
    lists = [tuple(ids[i] for i in np.argsort(-scores[q][rows])[:DEPTH]) for q in chosen]
    names = tuple(asked.queries[q].id for q in chosen)
    values = tuple(np.arange(DEPTH, 0, -1, dtype=np.float32) for _ in chosen)
    qrels = {n: {p: g for p, g in asked.qrels[n].items() if p in held} for n in names}
    return Judged(Run(names, tuple(lists), values), qrels, ids)


def means(side: Judged, said: tuple[Query, ...]) -> dict[str, float]:
    return by_topic(relevance(side.run, side.qrels, side.run.query_ids)[MAIN.name], said)


def main(times: int) -> None:
    workspace = Workspace.find()
    place = find("atelier", workspace)
    published = place.open()
    asked = queries.of(place, published)
    scores = {name: products(workspace, name, published, asked) for name in NAMES}
    random, clean = np.random.default_rng(0), scores[NAMES[0]]
    pushed = random.normal(0, 2 * clean.std(), len(published))
    scores["spoilt"] = clean + pushed + random.normal(0, clean.std(), clean.shape)
    grades = np.array([[asked.qrels[q.id].get(p, 0) for p in published.ids] for q in asked.queries])
    found: dict[str, list[tuple[float, bool, bool]]] = {name: [] for name in scores}
    for number in range(times):
        random = np.random.default_rng(1000 + number)
        order = random.permutation(len(published))
        drawn, rest = order[:SIZE], np.sort(order[len(order) // 2 :])
        met = (grades[:, drawn] == 3).any(axis=1)
        wanted = np.stack([(grades[met][:, drawn] == grade).sum(axis=1) for grade in GRADES], 1)
        cut = rest[matched(wanted, grades[met][:, rest], SIZE, random)]
        chosen = [int(q) for q in np.flatnonzero(met & (grades[:, cut] == 3).any(axis=1))]
        said = tuple(asked.queries[q] for q in chosen)
        for name, table in scores.items():
            one, other = (judged(table, rows, published, asked, chosen) for rows in (drawn, cut))
            mine, theirs = means(one, said), means(other, said)
            ratio = float(np.mean(list(mine.values())) / np.mean(list(theirs.values())))
            both, topics = ratio_of(one, other, said, ratio), kept(mine, theirs)
            assert topics is not None
            found[name].append(
                (ratio, not both.low <= 1 <= both.high, not topics.low <= 1 <= topics.high)
            )
    for name, rows in found.items():
        ratios, left_out, of_topics = np.array(rows).T
        print(
            f"{name:32} ratio {ratios.mean():.3f} (sd {ratios.std():.3f}), 1 left out in "
            f"{left_out.mean():.1%}; by a bootstrap over topics alone {of_topics.mean():.1%}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
