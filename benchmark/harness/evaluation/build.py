"""Put together the result of one submission from what was measured."""

from __future__ import annotations

from datetime import UTC, datetime

import benchmark
from benchmark.collections.base import Collection
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.rank import width
from benchmark.queries.load import QuerySet
from benchmark.results.agreement import audit_follows
from benchmark.results.cost import Cost, Size
from benchmark.results.provenance import (
    encode_code,
    libraries,
    rank_code,
    score_code,
)
from benchmark.results.schema import About, Asked, Gallery, Provenance, Result
from benchmark.submission import Submission
from benchmark.tasks import Section


def build(
    submission: Submission,
    digest: str,
    collection: Collection,
    fingerprint: str,
    query_set: QuerySet,
    entry: Entry,
    sections: dict[str, Section],
    cost: Cost | None,
    earlier: Result | None,
) -> Result:
    """The result of `submission` on a collection.

    What an audit found of it stays, where an `earlier` result has one of the same files.
    """
    encoded, dimensions = entry.image_report(), width(entry, collection)
    left_out = entry.left_out()
    return Result(
        submission=submission.name,
        about=About(
            **submission.model_dump(include=set(About.model_fields) - {"adapter"}),
            adapter=submission.adapter,
        ),
        collection=Gallery(
            name=collection.name,
            fingerprint=fingerprint,
            paintings=len(collection) - len(left_out),
            left_out=left_out,
        ),
        queries=Asked.of(query_set),
        sections=sections,
        size=Size(
            parameters=encoded.parameters,
            counted=encoded.counted,
            weight_mb=encoded.weight_bytes / 2**20,
            bytes_per_painting=4 * dimensions if dimensions else None,  # float32
        ),
        cost=cost,
        audit=earlier.audit if earlier and audit_follows(earlier, digest, fingerprint) else None,
        provenance=Provenance(
            submission=digest,
            weights=encoded.weights_commit,
            weights_digest=encoded.weights_digest,
            encode_code=encode_code(),
            rank_code=rank_code(),
            score_code=score_code(),
            cimaise=benchmark.__version__,
            libraries=libraries(),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            isolation=encoded.isolation,
        ),
    )
