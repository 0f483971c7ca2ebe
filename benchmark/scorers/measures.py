"""Every measure, declared once; each prints as its own name, which is its key everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DEPTH = 100
"""Paintings kept for each query: no measure looks further."""

CUT = 10
"""Paintings a visitor is shown, whose variety and exposure is measured."""


@dataclass(frozen=True)
class Measure:
    """A named measure: what it means, which way is better, where it can lie, who defined it."""

    name: str
    meaning: str
    better: Literal["more", "less", "near 0"] = "more"
    range: tuple[float, float | None] = (0, 1)
    """Least and greatest value; None where there is no bound."""
    source: str = ""

    def __str__(self) -> str:
        return self.name


_BITS = (-3.33, 3.33)  # log2(10) either way
_ALPHA = "Clarke et al., SIGIR 2008"
_ERR_IA = "Chapelle et al., Information Retrieval 14, 2011"
_STREC = "Zhai, Cohen and Lafferty, SIGIR 2003"
_HUBS = "Radovanović, Nanopoulos and Ivanović, JMLR 11, 2010"
_UNIFORM = "Wang and Isola, ICML 2020"

RELEVANCE = (
    Measure(
        "ndcg@10",
        "graded quality of the first ten, best possible list = 1",
        source="Järvelin and Kekäläinen, TOIS 20, 2002",
    ),
    Measure("ndcg@100", "graded quality of the first hundred, best possible list = 1"),
    Measure("hit_rate@1", "share of queries whose first painting has grade 1 or more"),
    Measure("mrr", "1 / rank of the first painting of grade 1 or more"),
    Measure("map-l2", "average precision, counting grade 2 or more as relevant"),
    Measure("recall-l2@10", "share of paintings of grade 2 or more found in the first ten"),
    Measure("recall-l2@100", "share of paintings of grade 2 or more found in the first hundred"),
    Measure("precision-l2@5", "share of the first five with grade 2 or more"),
    Measure(
        "rbp.8",
        "what somebody finds of grade 1 or more who looks on at each painting with 80 %",
        source="Moffat and Zobel, TOIS 27, 2008",
    ),
)
"""For each query, from its list and its grades."""

UNJUDGED = (
    Measure("judged@10", "share of the first ten that somebody judged"),
    Measure(
        "ndcg@10-condensed",
        "ndcg@10 of the list without paintings nobody judged",
        source="Sakai, SIGIR 2007",
    ),
)
"""For each query, where judgments are incomplete."""

DIVERSITY = (
    Measure(
        "alpha_ndcg@10",
        "as ndcg@10, but a second painting of the same kind counts half",
        source=_ALPHA,
    ),
    Measure(
        "err_ia@10",
        "how soon each kind of painting asked for is met, averaged over kinds",
        source=_ERR_IA,
    ),
    Measure("strec@10", "share of the kinds of painting that the first ten cover", source=_STREC),
    Measure(
        "ild@10",
        "mean distance of two of the first ten in the knowledge graph: 1 - Jaccard of their facts",
        source="Smyth and McClave, ICCBR 2001",
    ),
    Measure(
        "painters@10",
        "variety of painters in the first ten (entropy, bits) less that of ten relevant paintings "
        "drawn by chance",
        better="near 0",
        range=_BITS,
    ),
    Measure("manners@10", "the same for manners", better="near 0", range=_BITS),
    Measure("centuries@10", "the same for centuries", better="near 0", range=_BITS),
)
"""For each query, where its subtopics, the graph or the catalogue say enough."""

TURN = Measure("turn_ndcg@10", "ndcg@10 of a turn of a conversation, asked with all said before")
SESSION = Measure(
    "nsdcg@10",
    "graded quality of the first ten over a whole conversation, later turns counting less",
    source="Järvelin et al., ECIR 2008",
)
TALK = (TURN.name, SESSION.name)

CATALOGUE = (
    Measure(
        "gini@10",
        "inequality of how often paintings are shown in a first ten; 0 all alike, 1 one alone",
        better="less",
    ),
    Measure("never@10", "share of the gallery in no first ten at all", better="less"),
    Measure(
        "hub_skew@10",
        "skewness of how often paintings are shown; far above 0, a few push in everywhere",
        better="less",
        range=(-10, None),
        source=_HUBS,
    ),
    Measure(
        "hub@10", "share of queries that show the painting shown most", better="less", source=_HUBS
    ),
)
"""For a run as a whole."""

GEOMETRY = (
    Measure("matched", "mean cosine of queries with paintings of grade 3", range=(-1, 1)),
    Measure("unmatched", "mean cosine of queries with paintings of grade 0", "less", (-1, 1)),
    Measure(
        "separation",
        "difference of the two in standard deviations of the unmatched: what ranking lives on",
        range=(-10, None),
    ),
    Measure(
        "modality_gap",
        "distance between the means of picture rows and of text rows, of unit length",
        better="less",
        range=(0, 2),
        source="Liang et al., NeurIPS 2022",
    ),
    Measure(
        "alignment",
        "mean squared distance of queries to paintings of grade 3",
        better="less",
        range=(0, 4),
        source=_UNIFORM,
    ),
    Measure(
        "uniformity",
        "log of the mean of exp(-2 squared distance) between paintings; lower, better spread",
        better="less",
        range=(-8, 0),
        source=_UNIFORM,
    ),
    Measure(
        "effective_rank",
        "dimensions that picture rows really use: exp of the entropy of singular values",
        range=(1, None),
        source="Roy and Vetterli, EUSIPCO 2007",
    ),
    Measure("truncated", "share of queries longer than the model reads", better="less"),
)
"""For the rows of an encoder; cosines, whatever the lengths of its rows."""

MEASURES = RELEVANCE + UNJUDGED + DIVERSITY
"""Those that have a value for each query."""

MAIN = RELEVANCE[0]

BY_NAME = {measure.name: measure for measure in (*MEASURES, TURN, SESSION, *CATALOGUE, *GEOMETRY)}
