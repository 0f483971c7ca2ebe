"""Runs and judgments in TREC's formats: written for trec_eval, and read from other systems."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmark.errors import BadInput
from benchmark.queries.load import QuerySet
from benchmark.records import Qrels, Run
from benchmark.scorers.measures import DEPTH
from benchmark.search.ranking import ranking
from benchmark.workspace import replacing

_LARGEST = float(np.finfo(np.float32).max)


def write_run(path: Path, run: Run, tag: str) -> None:
    """Lines "query Q0 painting rank score tag". Scores keep every digit, so that ties stay ties.

    trec_eval sorts by score and then by id, both falling, which is our order. Raises BadInput for
    an id that such a line cannot hold.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as out:
        for query, ids, scores in zip(run.query_ids, run.ids, run.scores, strict=True):
            for rank, (painting, score) in enumerate(zip(ids, scores, strict=True), 1):
                _one_word(path, query, painting)
                out.write(f"{query} Q0 {painting} {rank} {float(score)!r} {tag}\n")


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Lines "query 0 painting grade". Raises BadInput for an id that such a line cannot hold."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as out:
        for query, grades in qrels.items():
            for painting, grade in grades.items():
                _one_word(path, query, painting)
                out.write(f"{query} 0 {painting} {grade}\n")


def read_run(path: Path, query_set: QuerySet, painting_ids: set[str]) -> Run:
    """A TREC run, ordered by its scores under our tie rule and cut at the depth.

    Raises BadInput naming the line: an unknown query or painting, one given twice, a score that
    is no finite number.
    """
    if not path.is_file():
        raise BadInput(path, "is no file")
    queries = {name for name, _ in query_set.asked}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                query, _, painting, _, score, *_ = line.decode("utf-8").split()
                value = float(score)
            except ValueError:
                raise BadInput(where, "is not: query Q0 painting rank score tag") from None
            if query not in queries:
                raise BadInput(where, f"query: '{query}' is not asked of this collection")
            if painting not in painting_ids:
                raise BadInput(where, f"painting: '{painting}' is not in the collection")
            if painting in found[query]:
                raise BadInput(where, f"painting: '{painting}' stands twice for '{query}'")
            if not math.isfinite(value) or abs(value) > _LARGEST:
                raise BadInput(where, f"score: {score} is not a finite float32")
            found[query][painting] = value
    if not found:
        raise BadInput(path, "holds no lines")
    ordered = [name for name, _ in query_set.asked if name in found]
    lists = [list(found[query]) for query in ordered]
    scores = [np.array(list(found[query].values()), np.float32) for query in ordered]
    return ranking(ordered, lists, scores, painting_ids, DEPTH)


def _one_word(path: Path, *ids: str) -> None:
    for name in ids:
        if len(name.split()) != 1:
            raise BadInput(path, f"'{name}' holds a blank, which TREC's formats cannot")
