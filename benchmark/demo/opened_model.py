"""A submission's own model, kept open behind its walls and asked one question at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from threading import RLock

from pyoxigraph import Store

from benchmark.abilities import Triple
from benchmark.demo.embedded_gallery import QUERY, EmbeddedGallery
from benchmark.demo.joules import family
from benchmark.demo.turns import Question
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.report import IMAGES
from benchmark.harness.evaluation.reranking import score
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.submission import Submission
from benchmark.workspace import digest_of

_DAY = 86_400
"""Seconds it may stand open; after that it is started anew when it is asked."""


class _Numbered(Model):
    """A model whose process has a number that can be asked for."""

    @property
    def number(self) -> int:
        return self._process.pid


class Opened:
    """One model. It is started when it is first needed, and again after it failed."""

    def __init__(self, session: Session, submission: Submission) -> None:
        self.submission = submission
        self.lock = RLock()
        """Held by whoever asks it: two tabs take turns."""
        self.processes: list[int] = []
        """Numbers of its processes, while it is open."""
        self._session, self._stack = session, ExitStack()
        self._model: Model | None = None
        self._gallery: EmbeddedGallery | None = None

    @property
    def encodes(self) -> bool:
        """Whether it searches by embeddings, which likes can move; known once it is open."""
        return self._gallery is not None

    def open(self) -> Model:
        """The model, loaded, and shown the gallery or held to its stored embeddings.

        Raises SubmissionFailed, BadInput.
        """
        if self._model is not None:
            return self._model
        session, submission = self._session, self.submission
        folder = session.workspace.submissions / submission.name
        limits = submission.limits.model_copy(update={"wall_s": _DAY})
        patient = submission.model_copy(update={"limits": limits})
        with ExitStack() as stack:
            model = stack.enter_context(_Numbered(session.job(folder, patient)))
            model.load()
            self.processes = family(model.number)
            if submission.pipeline is None and model.can("Encoder"):
                self._gallery = self._embeddings()
                model.expect(self._gallery.width)
            elif submission.pipeline is None:
                self._order = index(model, session.collection, submission)
            self._stack, self._model = stack.pop_all(), model
        return self._model

    def ranked(self, question: Question, depth: int) -> Run:
        """Its best `depth` paintings. Raises SubmissionFailed, BadInput."""
        collection = self._session.collection
        model = self.open()
        if self._gallery is None:
            run = searched(model, collection, self._order, [question.text])
            return Run((QUERY,), (run.ids[0][:depth],), (run.scores[0][:depth],))
        return self._gallery.search(model.texts([question.text])[0], question, depth)

    def scores(self, text: str, paintings: Sequence[str]) -> dict[str, float]:
        """Its scores of a first stage's best, as a re-ranker."""
        return score(self.open(), self._session.collection, text, paintings)

    def reasons(self, text: str, ids: Sequence[str], graph: Store) -> list[list[Triple]]:
        """Triples of the graph that speak for paintings; none where it does not explain."""
        model = self.open()
        if not (ids and model.can("Explainer") and "graph" in self.submission.inputs):
            return [[] for _ in ids]
        return model.explain([(text, ids)], graph)[0]

    def close(self) -> None:
        """End its process, whatever it does."""
        self._stack.close()
        self._stack, self._model, self._gallery = ExitStack(), None, None
        self.processes = []

    def _embeddings(self) -> EmbeddedGallery:
        session = self._session
        entry = session.entry(self.submission, digest_of("demo"))
        if not entry.has_images:
            raise SubmissionFailed("has no stored embeddings of this collection")
        ids = session.collection.ids
        images = read(entry.images / IMAGES, len(ids))
        if out := set(entry.left_out()):
            kept = [row for row, painting in enumerate(ids) if painting not in out]
            images, ids = images[kept], tuple(ids[row] for row in kept)
        entry.used()
        return EmbeddedGallery(ids, images)
