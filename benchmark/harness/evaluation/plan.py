"""What there is to do for one submission: which stages of its stored result still stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.session import Session
from benchmark.results import code_digest
from benchmark.results.cost import Hardware
from benchmark.results.provenance import machine
from benchmark.results.schema import Result
from benchmark.results.search_box import MODEL
from benchmark.results.stage_keys import Keys
from benchmark.submission import Submission
from benchmark.workspace import digest_of, file_digest

Way = Literal["kept", "sample", "rank", "embed"]
"""How the run is had: it stands; it is confirmed by sample; ranked from embeddings that lie here;
or the model is asked for all of them."""

_JUDGE = ("harness/evaluation/gap.py", "harness/evaluation/sample.py")

SAMPLED_FROM = 200
"""Pictures of a gallery from which on a sample of 100 is half the work at most."""


@dataclass(frozen=True)
class Plan:
    """The work for one submission. `costs`: whether they are to be measured."""

    submission: Submission
    keys: Keys
    entry: Entry
    earlier: Result | None
    way: Way
    costs: bool

    @property
    def stands(self) -> bool:
        """Whether there is nothing to do, costs apart."""
        return self.way == "kept" and self.earlier is not None and self.keys.stand(self.earlier)

    @property
    def asks(self) -> bool:
        """Whether a model is to be started, costs apart."""
        return self.way in ("sample", "embed")


def plan(session: Session, submission: Submission, costs: bool, here: bool, audits: bool) -> Plan:
    """Look at what lies here of a submission. Raises BadInput for what cannot be read.

    `costs`, `here`, `audits`: as `run` has them.
    """
    keys = session.keys(submission)
    entry = session.entry(submission, keys.texts)
    earlier = session.store.result(session.place.name, submission.name)
    measured = costs and (session.fresh or not _cost_stands(keys, entry, earlier, here))
    way = _way(session, submission, keys, entry, earlier, whole=measured or audits)
    return Plan(submission, keys, entry, earlier, way, measured)


def _cost_stands(keys: Keys, entry: Entry, earlier: Result | None, here: bool) -> bool:
    if earlier is None or earlier.cost is None:
        return False
    if not here:
        return keys.cost_stands(earlier, None)
    # Which device a model takes is known once it has run here.
    device = entry.image_report().device if entry.has_images else earlier.cost.hardware.device
    return keys.cost_stands(earlier, Hardware(**machine(), device=device))


def _way(
    session: Session,
    submission: Submission,
    keys: Keys,
    entry: Entry,
    earlier: Result | None,
    whole: bool,
) -> Way:
    """`whole`: embeddings are needed, whatever the run."""
    if session.fresh:
        return "embed"
    names = session.place.name, keys.submission
    if earlier is None or not keys.run_stands(earlier) or not session.store.has_run(*names):
        return "rank" if entry.complete else "embed"
    if "graph" in submission.inputs and not session.store.has_reasons(*names):
        return "rank" if entry.complete else "embed"
    if entry.complete:
        return "kept"
    if whole or not keys.space_stands(earlier):
        return "embed"
    if mark(session, keys, entry).is_file():
        return "kept"
    few = earlier.collection.paintings < SAMPLED_FROM or submission.name == MODEL
    lists = not keys.embeds or earlier.size.bytes_per_painting is None
    return "embed" if few or lists else "sample"


def mark(session: Session, keys: Keys, entry: Entry) -> Path:
    """The mark in the cache that these very files were confirmed by sample, of this model."""
    names = session.place.name, keys.submission
    store = session.store
    paths = store.result_path(*names), store.run_path(*names), store.scores_path(*names)
    judge = code_digest.digest(_JUDGE, [])
    parts = [judge, entry.images.name, entry.texts.name, keys.run, *map(file_digest, paths)]
    return session.cache.folder / "confirmed" / digest_of(*parts)[:24]
