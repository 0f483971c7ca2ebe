"""One collection with its queries, opened for submissions, and what each of them follows from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from benchmark.collections.registry import Place
from benchmark.harness.evaluation.cache import Cache, Entry
from benchmark.harness.evaluation.memory import Memory
from benchmark.harness.evaluation.once import once
from benchmark.results import code
from benchmark.results.keys import Keys
from benchmark.results.store import Store
from benchmark.submission import Submission
from benchmark.submission_files import digest as digest_of_files
from benchmark.submission_files import files
from benchmark.workspace import Workspace

if TYPE_CHECKING:  # a run with nothing to do needs neither a data library nor a model
    from benchmark.collections.base import Collection
    from benchmark.collections.knowledge import Knowledge
    from benchmark.harness.isolation.job import Job
    from benchmark.queries.load import QuerySet


class Questions(BaseModel):
    """What there is to know of a query set without opening it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts_digest: str
    qrels_digest: str
    unanswered: list[str]


class Session:
    """A collection opened to be searched by submissions, on one device; several threads may ask.

    `fresh`: what is cached is encoded again. `trust`: submitted code may run without a sandbox.
    """

    def __init__(
        self, workspace: Workspace, place: Place, device: str, fresh: bool, trust: bool = False
    ) -> None:
        self.workspace, self.place = workspace, place
        self.device, self.fresh, self.trust = device, fresh, trust
        self.cache = Cache(workspace.cache)
        self.store = Store(workspace.leaderboard)
        self.opening = RLock()
        self.scoring = Lock()
        """Held while measures are computed: numba's threads are not made for two at once."""
        self._memory = Memory(workspace.cache / "remembered")

    @once
    def collection(self) -> Collection:
        return self.place.open()

    @once
    def fingerprint(self) -> str:
        return self._recalled("gallery", [self.place.folder], self.place.fingerprint)

    @once
    def query_set(self) -> QuerySet:
        from benchmark.queries import load as queries

        return queries.of(self.place, self.collection)

    @once
    def knowledge(self) -> Knowledge:
        from benchmark.collections.knowledge import knowledge

        return knowledge(self.collection)

    @once
    def questions(self) -> Questions:
        """Digests of the query set; what was read, checked and digested before is remembered."""
        loading = code.digest(["queries/load.py", "collections/registry.py"], [])
        what = f"questions {self.fingerprint} {loading} {self.place!r}"

        def read() -> Questions:
            found = self.query_set
            return Questions(
                texts_digest=found.texts_digest,
                qrels_digest=found.qrels_digest,
                unanswered=found.unanswered,
            )

        places = [self.place.folder, self.place.queries]
        return self._memory.recall(what, Questions, places, read)

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.query_set.asked]

    def checkpoint(self, name: str) -> str:
        """The digest of a submission's files."""
        folder = self.workspace.submissions / name
        return self._recalled("submission", [folder], lambda: digest_of_files(folder))

    def keys(self, submission: Submission) -> Keys:
        """What the stages of a submission follow from."""
        asked = self.questions
        checkpoint = self.checkpoint(submission.name)
        texts, judgments = asked.texts_digest, asked.qrels_digest
        return Keys.of(submission, checkpoint, self.fingerprint, texts, judgments)

    def entry(self, submission: Submission, texts_digest: str) -> Entry:
        """The cache entry of a submission for this gallery and a set of texts."""
        checkpoint = self.checkpoint(submission.name)
        return self.cache.entry(submission, checkpoint, self.fingerprint, self.device, texts_digest)

    def job(self, folder: Path, submission: Submission, threads: int | None = None) -> Job:
        """What a worker is told of a submission: all its files, and those of hub weights.

        `threads`: how many its libraries should start; None for one a core.
        """
        from benchmark.adapters.weights import fetch, snapshot_files
        from benchmark.harness.isolation.job import Job

        snapshot = fetch(folder, submission, self.cache.folder / "hub")
        return Job(
            folder=folder,
            manifest=submission,
            files=[(path.relative_to(folder).as_posix(), path) for path in files(folder)],
            device=self.device,
            trusted=self.trust,
            snapshot=snapshot,
            snapshot_files=snapshot_files(snapshot) if snapshot else (),
            threads=threads,
        )

    def _recalled(self, kind: str, places: list[Path], make: Callable[[], str]) -> str:
        """A digest of files; read again with `fresh`, or where our own reading has changed."""
        if self.fresh:
            return make()
        reading = code.digest(["submission_files.py", "collections/registry.py"], [])
        return self._memory.recall(f"{kind} {reading}", str, places, make)
