"""One collection with its queries, and what a submission's workers do on it."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path

from benchmark.collections.base import Collection
from benchmark.collections.knowledge import Knowledge, knowledge
from benchmark.collections.registry import Place
from benchmark.encoders.weights import digest as digest_of_weights
from benchmark.encoders.weights import fetch
from benchmark.harness import rows
from benchmark.harness.cache import Cache, Entry
from benchmark.harness.encode import TEXTS_AT_ONCE
from benchmark.harness.isolate import Progress, run_worker
from benchmark.harness.job import IMAGES, TEXTS, Job
from benchmark.harness.measure import REFERENCE, measure
from benchmark.harness.pictures import pack, shown
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.results.cost import Cost
from benchmark.scorers.measures import DEPTH
from benchmark.submission import Submission, load
from benchmark.submission_files import digest as digest_of_files
from benchmark.workspace import Workspace


class Session:
    """A collection opened to be searched by submissions, on one device.

    `fresh`: what is cached is encoded again. `trust`: submitted code may run without a sandbox.
    """

    def __init__(
        self, workspace: Workspace, place: Place, device: str, fresh: bool, trust: bool = False
    ) -> None:
        self.workspace, self.place = workspace, place
        self.device, self.fresh, self.trust = device, fresh, trust
        self.cache = Cache(workspace.cache)

    @cached_property
    def collection(self) -> Collection:
        return self.place.open()

    @cached_property
    def fingerprint(self) -> str:
        return self.place.fingerprint()

    @cached_property
    def query_set(self) -> QuerySet:
        return queries.of(self.place, self.collection)

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge(self.collection)

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.query_set.asked]

    def digest(self, name: str) -> str:
        """The digest of a submission's files."""
        return digest_of_files(self.workspace.submissions / name)

    def entry(self, name: str, texts_digest: str) -> Entry:
        """The cache entry of a submission for this gallery and a set of texts."""
        return self.cache.entry(self.digest(name), self.fingerprint, self.device, texts_digest)

    def encode(
        self, name: str, submission: Submission, entry: Entry, texts: list[str], progress: Progress
    ) -> None:
        """Run the model in its worker for what `entry` lacks, and keep what it leaves."""
        progress("loading", 0, 1)
        images = self.fresh or not entry.has_images
        cache = self.cache
        with cache.workplace(entry, self.fresh) if images else cache.scratch() as scratch:
            # Another run may have encoded them while this one waited.
            images = self.fresh or not entry.has_images
            job = self._job(self.workspace.submissions / name, submission, scratch, texts)
            hashed = digest_of_weights(job.snapshot) if job.snapshot else None
            job = job.model_copy(update={"images": images, "weights_digest": hashed})
            report = run_worker(job, progress)
            if report.kind == "encoder":
                if images:
                    rows.read(scratch / IMAGES, len(self.collection))
                rows.read(scratch / TEXTS, len(texts))
            cache.keep(entry, scratch)

    def cost(self, name: str, submission: Submission, entry: Entry, progress: Progress) -> Cost:
        """Measure what a submission costs, in turns with its teacher or the fixed reference."""
        home, report = self.workspace.submissions, entry.image_report()
        shared = {"task": "measure", "left_out": entry.left_out()}
        with self.cache.scratch() as mine, self.cache.scratch() as theirs:

            def reference(folder: Path) -> Job:
                job = self._job(folder, load(folder), theirs, self.texts)
                size = job.manifest.batch_size
                known = {"batch_size": TEXTS_AT_ONCE if size == "auto" else size}
                return job.model_copy(update=shared | known)

            known = {
                "rows": entry.images / IMAGES if report.kind == "encoder" else None,
                "batch_size": report.batch_size,
            }
            job = self._job(home / name, submission, mine, self.texts)
            teacher = [home / submission.teacher] if submission.teacher else []
            makers = [partial(reference, folder) for folder in (*teacher, REFERENCE)]
            return measure(job.model_copy(update=shared | known), makers, entry, progress)

    def _job(self, folder: Path, submission: Submission, out: Path, texts: list[str]) -> Job:
        """Everything that a worker for this gallery is told."""
        return Job(
            submission=folder,
            manifest=submission,
            snapshot=fetch(folder, submission, self.cache.folder / "hub"),
            device=self.device,
            trusted=self.trust,
            collection=self.place.name,
            folder=self.place.folder,
            ids=list(self.collection.ids),
            metadata=shown(self.collection, submission),
            pictures=pack(self.collection, self.fingerprint, self.cache.folder / "pictures"),
            out=out,
            images=True,
            texts=texts,
            depth=DEPTH,
        )
