"""The measures of the board, declared once; each prints as its own name, as ranx reads it."""

from __future__ import annotations

from dataclasses import dataclass

DEPTH = 100
"""Paintings kept for each query: no measure looks further."""


@dataclass(frozen=True)
class Measure:
    """A named measure between 0 and 1 where more is better. `name` is the key everywhere."""

    name: str
    meaning: str

    def __str__(self) -> str:
        return self.name


MEASURES = (
    Measure("ndcg@10", "graded quality of the first ten, best possible list = 1"),
    Measure("ndcg@100", "graded quality of the first hundred, best possible list = 1"),
    Measure("hit_rate@1", "share of queries whose first painting has grade 1 or more"),
    Measure("mrr", "1 / rank of the first painting of grade 1 or more"),
    Measure("map-l2", "average precision, counting grade 2 or more as relevant"),
    Measure("recall-l2@10", "share of paintings of grade 2 or more found in the first ten"),
    Measure("recall-l2@100", "share of paintings of grade 2 or more found in the first hundred"),
    Measure("precision-l2@5", "share of the first five with grade 2 or more"),
)
MAIN = MEASURES[0]
