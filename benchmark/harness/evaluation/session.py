"""One collection with its queries, and what a submission's model does on it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import nullcontext
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from benchmark import tasks
from benchmark.adapters import count, fetch, snapshot_files
from benchmark.adapters import digest as digest_of_weights
from benchmark.collections.base import Collection
from benchmark.collections.knowledge import Knowledge, knowledge
from benchmark.collections.registry import Place
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.cache import Cache, Entry, write_report
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import (
    TEXTS_AT_ONCE,
    Progress,
    batch_size,
    encode_images,
    encode_texts,
)
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.report import IMAGES, RANKING, TEXTS, Report
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.profiling.bench import Gallery
from benchmark.harness.profiling.measure import REFERENCE, measure
from benchmark.harness.profiling.whole import Stage
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.results.cost import Cost
from benchmark.results.store import write_run
from benchmark.submission import Submission, load
from benchmark.submission import digest as digest_of_submission
from benchmark.submission_files import digest as digest_of_files
from benchmark.submission_files import files
from benchmark.tasks import Sources
from benchmark.workspace import Workspace, digest_of, replacing


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
        self.done: set[Path] = set()
        """What was made in this session, and is fresh."""

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
        return knowledge(self.place, self.collection)

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.query_set, lambda: self.knowledge)

    @cached_property
    def asked(self) -> list[tuple[str, str]]:
        """All that every task puts to a model, as (id, text)."""
        return tasks.questions(self.sources)

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.asked]

    @cached_property
    def texts_digest(self) -> str:
        return digest_of(*(part for pair in self.asked for part in pair))

    def digest(self, name: str) -> str:
        """The digest of a submission's files, and of all that it stands on."""
        return digest_of_submission(self.workspace.submissions / name)

    def entry(self, digest: str, texts_digest: str) -> Entry:
        """The cache entry of a submission's digest for this gallery and a set of texts."""
        return self.cache.entry(digest, self.fingerprint, self.device, texts_digest)

    def job(self, folder: Path, submission: Submission) -> Job:
        """What a worker is told of a submission: all its files, and those of hub weights."""
        snapshot = fetch(folder, submission.own_model, self.cache.folder / "hub")
        graph = self.place.catalogue_graph if "graph" in submission.inputs else None
        if "graph" in submission.inputs and graph is None:
            raise BadInput(
                self.place.folder,
                f"has no catalogue graph, which {submission.name} reads (inputs)",
                "run it on a collection that has one",
            )
        return Job(
            folder=folder,
            manifest=submission,
            files=[(path.relative_to(folder).as_posix(), path) for path in files(folder)],
            device=self.device,
            trusted=self.trust,
            snapshot=snapshot,
            snapshot_files=snapshot_files(snapshot) if snapshot else (),
            graph=graph,
        )

    def encode(
        self, submission: Submission, entry: Entry, texts: list[str], progress: Progress
    ) -> None:
        """Run the model for what `entry` lacks, and keep what it answers."""
        progress("loading", 0, 1)
        folder = self.workspace.submissions / submission.name
        missing = self.fresh or not entry.has_images
        with self.cache.workplace(entry, self.fresh) if missing else nullcontext() as place:
            job, before = self.job(folder, submission), digest_of_files(folder)
            with Model(job) as model:
                model.load()
                report = self.report(model, job, texts)
                if not model.can("Encoder"):
                    if not model.can("Searcher"):
                        raise SubmissionFailed(
                            "is neither Encoder nor Searcher, so it finds no painting by itself; "
                            "name a first stage in [pipeline]"
                        )
                    order = index(model, self.collection, submission)
                    run = searched(model, self.collection, order, texts)
                    write_run(entry.texts / RANKING, run)
                else:
                    # Another run may have encoded the pictures while this one waited.
                    if place is not None and (self.fresh or not entry.has_images):
                        report = self._encode_images(model, submission, report, place, progress)
                        self.cache.keep_images(entry, place, report)
                    kept = entry.image_report()
                    report = kept.model_copy(update={"truncated": report.truncated})
                    images = read(entry.images / IMAGES, len(self.collection))
                    rows = encode_texts(model, texts, min(report.batch_size, TEXTS_AT_ONCE))
                    if images.shape[1] != rows.shape[1]:
                        raise SubmissionFailed(
                            f"pictures have {images.shape[1]} dimensions, texts {rows.shape[1]}"
                        )
                    with replacing(entry.texts / TEXTS) as temporary, temporary.open("wb") as out:
                        np.save(out, rows)
            if digest_of_files(folder) != before:
                raise SubmissionFailed("its folder changed while it was run")
            write_report(entry.texts, report)

    def stage(self, submission: Submission, entry: Entry, below: Sequence[Stage] = ()) -> Stage:
        """A submission to be measured, with those that it stands on."""
        folder = self.workspace.submissions / submission.name
        job = self.job(folder, submission) if submission.model else None
        return Stage(submission, job, entry.image_report(), entry, tuple(below))

    def cost(self, stage: Stage, left_out: Set[str], progress: Progress) -> Cost:
        """Measure what a submission costs, in turns with its teacher or the fixed reference.

        `left_out`: paintings whose picture could not be read.
        """
        home, submission = self.workspace.submissions, stage.manifest
        rows = [row for row, one in enumerate(self.collection.ids) if one not in left_out]
        gallery = Gallery(self.collection, rows, self.texts)
        teacher = [home / submission.teacher] if submission.teacher else []

        def reference(folder: Path) -> tuple[Job, int]:
            job = self.job(folder, load(folder))
            size = job.manifest.batch_size
            return job, TEXTS_AT_ONCE if size == "auto" else size

        makers = [partial(reference, folder) for folder in (*teacher, REFERENCE)]
        return measure(stage, makers, gallery, progress)

    def report(self, model: Model, job: Job, texts: list[str]) -> Report:
        """What is known of a model before it is asked for anything."""
        told = model.told(texts)
        counted, weight = count(job.folder, job.manifest.own_model, job.snapshot)
        return Report(
            kind="encoder" if model.can("Encoder") else "searcher",
            device=named(model.cuda),
            load_s=model.load_s,
            parameters=told.parameters if counted is None else counted,
            counted=counted is not None,
            weight_bytes=weight,
            weights_commit=job.snapshot.name if job.snapshot else None,
            weights_digest=digest_of_weights(job.snapshot) if job.snapshot else None,
            batch_size=TEXTS_AT_ONCE,
            truncated=told.truncated,
            pictures_per_s=None,
            isolation="sandbox" if model.walled else "process",
            left_out=[],
        )

    def _encode_images(
        self, model: Model, submission: Submission, report: Report, place: Path, progress: Progress
    ) -> Report:
        size = batch_size(
            model, self.collection, submission.batch_size, submission.limits.memory_gb
        )
        left_out, speed, size = encode_images(model, self.collection, size, place, progress)
        found = {"left_out": left_out, "pictures_per_s": speed, "batch_size": size}
        return report.model_copy(update=found)
