"""Put together the result of one submission from what was measured."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

import benchmark
from benchmark.collections.base import Collection
from benchmark.harness.cache import Entry
from benchmark.harness.rank import Ranked
from benchmark.queries.load import QuerySet
from benchmark.results import scoring
from benchmark.results.provenance import (
    encode_code,
    libraries,
    machine,
    rank_code,
    score_code,
)
from benchmark.results.schema import About, Cost, Gallery, Hardware, Provenance, Result
from benchmark.scorers.relevance import Scores
from benchmark.submission import Submission


def build(
    submission: Submission,
    digest: str,
    collection: Collection,
    fingerprint: str,
    query_set: QuerySet,
    entry: Entry,
    ranked: Ranked,
    scores: Scores,
) -> Result:
    """The result of `submission` on a collection."""
    encoded, asked = entry.image_report(), entry.report()
    left_out = entry.left_out()
    return Result(
        submission=submission.name,
        about=About(
            **submission.model_dump(include=set(About.model_fields) - {"adapter"}),
            adapter=submission.model.adapter,
        ),
        collection=Gallery(
            name=collection.name,
            fingerprint=fingerprint,
            paintings=len(collection) - len(left_out),
            left_out=left_out,
        ),
        **scoring.summary(scores, query_set),
        cost=Cost(
            load_s=encoded.load_s,
            pictures_per_s=encoded.pictures_per_s,
            query_ms_p50=float(np.percentile(asked.query_ms, 50)) + ranked.search_ms,
            query_ms_p90=float(np.percentile(asked.query_ms, 90)) + ranked.search_ms,
            peak_memory_mb=encoded.peak_memory_mb,
            parameters=encoded.parameters,
            weight_mb=encoded.weight_bytes / 2**20,
            bytes_per_painting=ranked.bytes_per_painting,
        ),
        hardware=Hardware(**machine(), device=encoded.device),
        provenance=Provenance(
            submission=digest,
            weights=encoded.weights_commit,
            encode_code=encode_code(),
            rank_code=rank_code(),
            score_code=score_code(),
            cimaise=benchmark.__version__,
            libraries=libraries(),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            isolation=encoded.isolation,
        ),
    )
