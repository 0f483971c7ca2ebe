"""What each stage of one submission follows from, and which stages of a stored result stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.collections.pictures import Pictures
from benchmark.results.cost import Hardware
from benchmark.results.provenance import (
    audit_code,
    encode_code,
    families_code,
    measure_code,
    rank_code,
    section_code,
    space_code,
)
from benchmark.results.schema import Result
from benchmark.submission import Submission
from benchmark.workspace import digest_of


@dataclass(frozen=True)
class Keys:
    """Digests of all that the stages of one submission on one collection follow from."""

    submission: str
    checkpoint: str
    """Of the submission's files."""
    collection: str
    """The gallery's fingerprint."""
    pictures: Pictures | None
    """What is shown of it, where pictures are pulled."""
    texts: str
    judgments: str
    encode: str
    rank: str
    section: str
    space: str
    families: Mapping[str, str]
    costs: str
    embeds: bool
    """Whether embeddings may lie behind its run; behind a pipeline's there are several models'."""

    @classmethod
    def of(
        cls,
        submission: Submission,
        below: Sequence[Submission],
        checkpoint: str,
        collection: str,
        texts: str,
        judgments: str,
        pictures: Pictures | None = None,
    ) -> Keys:
        """The keys under the code as it is now. `below`: what a pipeline stands on."""
        return cls(
            submission=submission.name,
            checkpoint=checkpoint,
            collection=collection,
            pictures=pictures,
            texts=texts,
            judgments=judgments,
            encode=encode_code(submission, below, pulled=pictures is not None),
            rank=rank_code(submission.similarity),
            section=section_code(),
            space=space_code(),
            families=families_code(),
            costs=measure_code(submission, below),
            embeds=submission.pipeline is None,
        )

    @property
    def run(self) -> str:
        """One digest of all that a run follows from."""
        shown = [self.pictures.model_dump_json()] if self.pictures else []
        named = self.submission, self.checkpoint, self.collection
        return digest_of(*named, self.texts, self.encode, self.rank, *shown)

    def run_stands(self, result: Result) -> bool:
        """Whether a stored run answers these texts in this gallery, by this code."""
        kept = result.provenance
        return (
            self._same_model(result)
            and (kept.encode_code, kept.rank_code) == (self.encode, self.rank)
            and result.queries.texts_digest == self.texts
        )

    def stale(self, result: Result) -> frozenset[str]:
        """Families of measures whose stored values do not follow, the run standing."""
        kept = result.provenance
        same = result.queries.qrels_digest == self.judgments and kept.section_code == self.section
        return frozenset(
            name
            for name, code in self.families.items()
            if not same or kept.families.get(name) != code
        )

    def section_stands(self, result: Result) -> bool:
        """Whether all stored values and their means follow, the run standing."""
        return not self.stale(result) and result.provenance.families.keys() == self.families.keys()

    def space_stands(self, result: Result) -> bool:
        """Whether what is stored of embeddings follows, the run standing; a searcher has none."""
        return (
            not self.embeds
            or result.size.bytes_per_painting is None
            or (
                result.space is not None
                and result.queries.qrels_digest == self.judgments
                and result.provenance.space_code == self.space
            )
        )

    def stand(self, result: Result) -> bool:
        """Whether all of a stored result follows, costs and audits apart."""
        return self.run_stands(result) and self.section_stands(result) and self.space_stands(result)

    def cost_stands(self, result: Result, here: Hardware | None) -> bool:
        """Whether a stored cost is of this submission and gallery, as measured now.

        `here`: on this machine; None: on any.
        """
        return (
            result.cost is not None
            and self._same_model(result)
            and result.cost.code == self.costs
            and here in (None, result.cost.hardware)
        )

    def audit_stands(self, result: Result) -> bool:
        """Whether a stored audit is of this submission and gallery, by today's code."""
        return (
            result.audit is not None
            and result.audit.code == audit_code()
            and self._same_model(result)
        )

    def _same_model(self, result: Result) -> bool:
        kept = result.provenance.submission, result.collection.fingerprint, result.pictures
        return kept == (self.checkpoint, self.collection, self.pictures)
