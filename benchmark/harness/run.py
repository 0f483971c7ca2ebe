"""From submissions to results: encode what is not cached, search, score, keep."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from benchmark.collections.base import Collection
from benchmark.collections.registry import Place
from benchmark.encoders.weights import fetch
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness import rows
from benchmark.harness.build import build
from benchmark.harness.cache import Cache, Entry
from benchmark.harness.isolate import Progress, run_worker
from benchmark.harness.job import IMAGES, TEXTS, Job, Report
from benchmark.harness.pictures import pack, shown
from benchmark.harness.rank import rank
from benchmark.queries.load import QuerySet
from benchmark.queries.load import load as load_queries
from benchmark.results.agreement import State, agreement, follows
from benchmark.results.scoring import score
from benchmark.results.store import Store
from benchmark.scorers import warm
from benchmark.scorers.measures import DEPTH
from benchmark.submission import Submission
from benchmark.submission_files import digest as digest_of_files
from benchmark.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What became of one submission, in a word and a line."""

    name: str
    state: State
    detail: str = ""


class Session:
    """One collection with its queries, and everything that is scored on it."""

    def __init__(
        self, workspace: Workspace, place: Place, device: str, fresh: bool, trust: bool = False
    ) -> None:
        self.workspace, self.place, self.device, self.fresh = workspace, place, device, fresh
        self.trust = trust
        self.store = Store(workspace.leaderboard)
        self.cache = Cache(workspace.cache)
        self._compiling: subprocess.Popen[bytes] | None = None

    @cached_property
    def collection(self) -> Collection:
        return self.place.open()

    @cached_property
    def fingerprint(self) -> str:
        return self.place.fingerprint()

    @cached_property
    def query_set(self) -> QuerySet:
        return load_queries(self.place.queries, self.collection.ids, self.place.split)

    def run(
        self,
        chosen: Mapping[str, Submission | BadInput],
        progress: Callable[[str], Progress],
    ) -> Iterator[Outcome]:
        """Bring each submission's result up to date, one after another.

        `progress(name)` gives the callback for a submission's stages. A failure costs its own row
        only; BadInput raised here concerns the collection or its queries.
        """
        _ = self.fingerprint, self.query_set  # bad input is reported before any work
        try:
            for name, submission in chosen.items():
                yield self._one(name, submission, progress(name))
        finally:
            self.cache.evict()
            if self._compiling is not None:
                self._compiling.kill()
                self._compiling.wait()

    def entry(self, name: str, texts_digest: str) -> Entry:
        """The cache entry of a submission for this gallery and a set of texts."""
        digest = digest_of_files(self.workspace.submissions / name)
        return self.cache.entry(digest, self.fingerprint, self.device, texts_digest)

    def encode(
        self,
        name: str,
        submission: Submission,
        entry: Entry,
        texts: list[str],
        progress: Progress,
        images: bool = True,
    ) -> Report:
        """Run the model in its worker for what `entry` lacks, and keep what it leaves."""
        folder = self.workspace.submissions / name
        progress("loading", 0, 1)
        cache = self.cache
        with cache.workplace(entry, self.fresh) if images else cache.scratch() as scratch:
            # Another run may have encoded them while this one waited.
            images = images and (self.fresh or not entry.has_images)
            job = Job(
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
                out=scratch,
                images=images,
                texts=texts,
                depth=DEPTH,
            )
            report = run_worker(job, progress)
            if report.kind == "encoder":
                if images:
                    rows.read(scratch / IMAGES, len(self.collection))
                rows.read(scratch / TEXTS, len(texts))
            self.cache.keep(entry, scratch)
        return report

    def _compile(self, progress: Progress) -> None:
        """Compile ranx's kernels where that was never done, before anything is measured: beside
        an encoder, even at the lowest priority, it made single queries read eight times slower."""
        if self._compiling is None:
            self._compiling = warm.start(self.cache.folder)
        if self._compiling is not None:
            progress("compiling the measures (once)", 0, 1)
            self._compiling.wait()

    def _one(self, name: str, submission: Submission | BadInput, progress: Progress) -> Outcome:
        if isinstance(submission, BadInput):
            return Outcome(name, "failed", str(submission))
        try:
            entry = self.entry(name, self.query_set.texts_digest)
            digest = digest_of_files(self.workspace.submissions / name)
            earlier = self.store.result(self.place.name, name)
            if self.fresh or not entry.complete:
                self._compile(progress)
                texts = [query.text for query in self.query_set.queries]
                images = self.fresh or not entry.has_images
                self.encode(name, submission, entry, texts, progress, images)
            elif self.store.has_run(self.place.name, name) and follows(
                earlier, digest, self.fingerprint, self.query_set
            ):
                return Outcome(name, "unchanged")
            progress("scoring", 0, 1)
            entry.used()
            ranked = rank(entry, self.collection, [q.id for q in self.query_set.queries])
            scores = score(ranked.run, self.query_set)
            result = build(
                submission,
                digest,
                self.collection,
                self.fingerprint,
                self.query_set,
                entry,
                ranked,
                scores,
            )
            self.store.write(result, ranked.run, scores)
            progress("scoring", 1, 1)
            return Outcome(name, *agreement(result, earlier))
        except (BadInput, SubmissionFailed) as error:
            return Outcome(name, "failed", str(error))
