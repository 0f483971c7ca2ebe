"""Results made by hand."""

from __future__ import annotations

import numpy as np

from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results import scoring
from benchmark.results.provenance import encode_code, rank_code, score_code
from benchmark.results.schema import About, Cost, Gallery, Hardware, Interval, Provenance, Result
from benchmark.scorers.measures import MEASURES

QUERY_SET = QuerySet(
    (Query("q1", "one", "x", "en", "q1"), Query("q2", "two", "y", "en", "q2")),
    {"q1": {"a": 3, "b": 1}, "q2": {"b": 2}},
)
RUN = Run(
    ("q1", "q2"),
    (("b", "a"), ("c",)),
    (np.array([0.5, 0.25], np.float32), np.array([1.5], np.float32)),
)
SCORES = {measure.name: {"q1": 0.5, "q2": 0.25} for measure in MEASURES}


def result(submission: str = "s", ndcg: float | None = None) -> Result:
    """A result of SCORES over QUERY_SET, under the code as it is."""
    summary = scoring.summary(SCORES, QUERY_SET)
    if ndcg is not None:
        changed = {"ndcg@10": Interval(mean=ndcg, low=ndcg, high=ndcg)}
        summary["measures"] = summary["measures"] | changed
    return Result(
        submission=submission,
        about=About(
            title="S",
            summary="A test.",
            role="baseline",
            teacher=None,
            base=None,
            inputs=["image"],
            adapter="python",
            licence="Apache-2.0",
            authors=[],
            links=[],
        ),
        collection=Gallery(name="g", fingerprint="f", paintings=3, left_out=[]),
        **summary,
        cost=Cost(
            load_s=1,
            pictures_per_s=None,
            query_ms_p50=1,
            query_ms_p90=2,
            peak_memory_mb=3,
            parameters={},
            weight_mb=0,
            bytes_per_painting=None,
        ),
        hardware=Hardware(processor="x", cores=2, memory_gb=8, device="cpu"),
        provenance=Provenance(
            submission="d",
            weights=None,
            encode_code=encode_code(),
            rank_code=rank_code(),
            score_code=score_code(),
            cimaise="0",
            libraries={},
            date="2026-01-01T00:00:00+00:00",
            isolation="process",
        ),
    )
