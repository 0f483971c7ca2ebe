"""Put together the result of one submission from what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import benchmark
from benchmark.harness.evaluation.report import Report
from benchmark.harness.evaluation.session import Session
from benchmark.results.cost import Cost, Size
from benchmark.results.provenance import libraries
from benchmark.results.schema import About, Asked, Gallery, Provenance, Result
from benchmark.results.stage_keys import Keys
from benchmark.search.similarities import bytes_per_painting
from benchmark.submission import Submission
from benchmark.tasks import Section


@dataclass(frozen=True)
class Origin:
    """What is known of the model that a run comes from."""

    size: Size
    left_out: list[str]
    weights: str | None
    weights_digest: str | None
    isolation: str

    @classmethod
    def of_report(
        cls, report: Report, left_out: list[str], width: int | None, similarity: str
    ) -> Origin:
        """As it was run. `width`: numbers kept for each painting; None for a searcher."""
        size = Size(
            parameters=report.parameters,
            counted=report.counted,
            weight_mb=report.weight_bytes / 2**20,
            bytes_per_painting=bytes_per_painting(similarity, width) if width else None,
        )
        weights = report.weights_commit, report.weights_digest
        return cls(size, left_out, *weights, report.isolation)

    @classmethod
    def of_result(cls, result: Result) -> Origin:
        """As it stands in a result of the same model."""
        kept = result.provenance
        left_out = result.collection.left_out
        return cls(result.size, left_out, kept.weights, kept.weights_digest, kept.isolation)


def assemble(
    session: Session,
    submission: Submission,
    keys: Keys,
    origin: Origin,
    sections: dict[str, Section],
    earlier: Result | None,
) -> Result:
    """The result of a submission; costs and audits of an `earlier` one stay where they follow."""
    collection = session.collection
    parts = (submission, *session.below(submission).values())
    return Result(
        submission=submission.name,
        about=About(
            **submission.model_dump(include=set(About.model_fields) - {"adapter", "similarity"}),
            adapter=submission.adapter,
            similarity=submission.similarity,
        ),
        collection=Gallery(
            name=collection.name,
            fingerprint=session.fingerprint,
            paintings=len(collection) - len(origin.left_out),
            left_out=origin.left_out,
        ),
        pictures=session.pictures,
        queries=Asked.of(session.query_set),
        sections=sections,
        size=origin.size,
        cost=_standing_cost(keys, earlier),
        audit=earlier.audit if earlier and keys.audit_stands(earlier) else None,
        provenance=Provenance(
            submission=keys.checkpoint,
            weights=origin.weights,
            weights_digest=origin.weights_digest,
            encode_code=keys.encode,
            rank_code=keys.rank,
            families=dict(keys.families),
            section_code=keys.section,
            space_code=keys.space,
            cimaise=benchmark.__version__,
            libraries=libraries(one for part in parts for one in part.requires),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            isolation=origin.isolation,
        ),
    )


def _standing_cost(keys: Keys, earlier: Result | None) -> Cost | None:
    return earlier.cost if earlier is not None and keys.cost_stands(earlier, None) else None
