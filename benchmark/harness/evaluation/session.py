"""One collection with its queries, opened for submissions, and what each of them follows from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from benchmark.collections.registry import Place
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.cache import Cache, Entry
from benchmark.harness.evaluation.memory import Memory
from benchmark.harness.evaluation.once import once
from benchmark.results import code_digest
from benchmark.results.provenance import encode_code
from benchmark.results.stage_keys import Keys
from benchmark.results.store import Store
from benchmark.scorers.measures import DEPTH
from benchmark.submission import Submission, checkpoint_of, stages
from benchmark.submission_files import digest as digest_of_files
from benchmark.submission_files import files
from benchmark.workspace import Workspace, digest_of

if TYPE_CHECKING:  # a run with nothing to do needs neither a data library nor a model
    from benchmark.collections.base import Collection
    from benchmark.collections.pictures import Pictures
    from benchmark.harness.isolation.job import Job
    from benchmark.queries.load import QuerySet
    from benchmark.tasks import Sources


class Questions(BaseModel):
    """What there is to know of a query set without opening it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts_digest: str
    qrels_digest: str
    unanswered: list[str]


class Session:
    """A collection opened to be searched by submissions, on one device; several threads may ask.

    `fresh`: what is cached is encoded again. `trust`: submitted code may run without a sandbox.
    `partial`: paintings whose pulled pictures are missing are left aside, not refused.
    """

    def __init__(
        self, workspace: Workspace, place: Place, device: str, fresh: bool, trust: bool = False,
        partial: bool = False,
    ) -> None:  # fmt: skip
        self.workspace, self.place = workspace, place
        self.device, self.fresh, self.trust, self.partial = device, fresh, trust, partial
        self.cache = Cache(workspace.cache)
        self.opening = RLock()
        self.scoring = Lock()
        """Held while measures are computed: numba's threads are not made for two at once."""
        self.done: set[Path] = set()
        """Entries that were made since it was opened, and so are fresh."""
        self._locks: dict[Path, Lock] = {}
        self._memory = Memory(workspace.cache / "remembered")

    @once
    def gallery(self) -> Collection:
        """All paintings, which judgments and facts are of."""
        return self.place.open()

    @once
    def collection(self) -> Collection:
        """The paintings that are searched: all, or those whose picture was pulled."""
        if self.pictures is None or not self.pictures.missing:
            return self.gallery
        from benchmark.harness.evaluation.part import part

        pulled = self.place.pulled()
        assert pulled is not None, "some of its pictures are here"
        lacking = set(pulled.missing(self.gallery.ids))
        rows = [row for row, name in enumerate(self.gallery.ids) if name not in lacking]
        return part(self.gallery, rows)

    @once
    def pictures(self) -> Pictures | None:
        """What models are shown, where pictures are pulled.

        Raises BadInput where none are here, or some are missing and not to be left aside.
        """
        found = self.place.pictures()
        if (lacks := self.place.lacks(found)) and not (self.partial and found):
            remedy = f"cimaise collection pull {self.place.name}"
            raise BadInput(self.place.name, lacks, remedy + ", or --partial" * (found is not None))
        return found

    @once
    def store(self) -> Store:
        """Where results are kept: those that lack pictures apart from all others."""
        whole = self.pictures is None or not self.pictures.missing
        return Store(self.workspace.leaderboard if whole else self.workspace.incomplete)

    @once
    def fingerprint(self) -> str:
        return self._recalled("gallery", [self.place.folder], self.place.fingerprint)

    @property
    def shown(self) -> str:
        """Digest of all that embeddings of the gallery follow from."""
        seen = self.pictures
        return digest_of(self.fingerprint, seen.model_dump_json()) if seen else self.fingerprint

    @once
    def query_set(self) -> QuerySet:
        from benchmark.queries import load as queries

        return queries.of(self.place, self.gallery)

    @property
    def depths(self) -> dict[str, int]:
        """How many paintings are kept of the list for each text that is asked."""
        queries = dict.fromkeys((query.id for query in self.query_set.queries), DEPTH)
        return queries | self.query_set.turn_depths

    @once
    def sources(self) -> Sources:
        from benchmark.tasks import Sources

        return Sources.of(self.place, self.gallery, self.query_set)

    @once
    def asked(self) -> list[tuple[str, str]]:
        """All that every task puts to a model, as (id, text)."""
        from benchmark import tasks

        return tasks.questions(self.sources)

    @once
    def questions(self) -> Questions:
        """Digests of the query set; what was read, checked and digested before is remembered."""
        loading = code_digest.digest(["queries/load.py", "collections/registry.py"], [])
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
        return [text for _, text in self.asked]

    def below(self, submission: Submission) -> dict[str, Submission]:
        """All submissions that a pipeline stands on, by name; none of what is no pipeline."""
        return stages(self.workspace.submissions / submission.name, submission)

    def checkpoint(self, submission: Submission) -> str:
        """The digest of a submission's files, and of all that it stands on."""
        names = [submission.name, *self.below(submission)]
        return checkpoint_of({name: self._files(name) for name in names})

    def keys(self, submission: Submission) -> Keys:
        """What the stages of a submission follow from."""
        asked, below = self.questions, [*self.below(submission).values()]
        checkpoint = self.checkpoint(submission)
        texts, judgments = asked.texts_digest, asked.qrels_digest
        found = self.fingerprint, texts, judgments, self.pictures
        return Keys.of(submission, below, checkpoint, *found)

    def entry(self, submission: Submission, texts_digest: str) -> Entry:
        """The cache entry of a submission for this gallery and a set of texts."""
        code = encode_code(submission, self.below(submission).values(), self.place.pulls)
        checkpoint = self.checkpoint(submission)
        found = self.cache.entry(checkpoint, code, self.shown, self.device, texts_digest)
        return replace(found, similarity=submission.similarity)

    def own_entry(self, submission: Submission, code: str, texts_digest: str) -> Entry:
        """The same of a pipeline's own model, whatever it stands on; `code`: of what it is for."""
        code = digest_of(encode_code(alone(submission), pulled=self.place.pulls), code)
        checkpoint = self._files(submission.name)
        return self.cache.entry(checkpoint, code, self.shown, self.device, texts_digest)

    def making(self, entry: Entry) -> Lock:
        """Held by whoever makes what an entry lacks: its own row, or a pipeline that stands on
        it."""
        return self._locks.setdefault(entry.texts, Lock())

    def unchanged(self, submission: Submission, checkpoint: str) -> None:
        """Raise SubmissionFailed unless its files, read anew, are those that were asked for."""
        home = self.workspace.submissions
        names = [submission.name, *self.below(submission)]
        if checkpoint_of({name: digest_of_files(home / name) for name in names}) != checkpoint:
            raise SubmissionFailed("its folder, or one that it stands on, changed while it was run")

    def job(self, folder: Path, submission: Submission, threads: int | None = None) -> Job:
        """What a worker is told of a submission: all its files, and those of hub weights.

        `threads`: how many its libraries should start; None for one a core.
        """
        from benchmark.adapters import fetch, snapshot_files
        from benchmark.harness.isolation.job import Job

        snapshot = fetch(folder, submission.own_model, self._hub)
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
            threads=threads,
        )

    def waits(self, submission: Submission) -> bool:
        """Whether weights that it is pinned to, or one that it stands on, have yet to be fetched
        from a hub."""
        from benchmark.adapters import waits

        every = submission, *self.below(submission).values()
        return any(waits(one.model, self._hub) for one in every if one.model is not None)

    @property
    def _hub(self) -> Path:
        return self.cache.folder / "hub"

    def _files(self, name: str) -> str:
        """The digest of the files of one submission."""
        folder = self.workspace.submissions / name
        return self._recalled("submission", [folder], lambda: digest_of_files(folder))

    def _recalled(self, kind: str, places: list[Path], make: Callable[[], str]) -> str:
        """A digest of files; read again with `fresh`, or where our own reading has changed."""
        if self.fresh:
            return make()
        reading = code_digest.digest(["submission_files.py", "collections/registry.py"], [])
        return self._memory.recall(f"{kind} {reading}", str, places, make)


def alone(submission: Submission) -> Submission:
    """A pipeline's own model, without what it stands on."""
    return submission.model_copy(update={"pipeline": None})
