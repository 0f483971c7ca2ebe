"""Is a submission one that looks? It is asked about pictures that nobody has seen before."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

import numpy as np

from benchmark.collections.atelier.paths import HOME
from benchmark.collections.base import Collection
from benchmark.collections.disguised import disguised
from benchmark.harness.evaluation import pipeline
from benchmark.harness.evaluation.asking import Questions, asked
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.rank import table
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.queries.fresh_gallery import Fresh, draw
from benchmark.records import Run
from benchmark.results.audit import audit, beats_chance, keeps, likeness
from benchmark.results.schema import Audit, Disguise
from benchmark.scorers.measures import DEPTH
from benchmark.search.similarities import search
from benchmark.submission import Submission


class Auditor:
    """The audits of one run: of the atelier by a gallery drawn anew, once for all submissions; of
    other collections, which cannot be drawn, by their own pictures in disguise."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.seed = secrets.randbits(48)
        self.draws = session.place.home == HOME and session.place.split == "test"

    @cached_property
    def fresh(self) -> Fresh:
        """Drawn when the first submission is asked."""
        here = self._session
        return draw(self.seed, here.place.queries, here.collection, here.query_set)

    def audit(self, submission: Submission, entry: Entry, progress: Progress) -> Audit | Disguise:
        """What the submission's lists say of it. Raises SubmissionFailed where it gives none."""
        if self.draws:
            progress("drawing a gallery that nobody has seen", 0, 1)
            _ = self.fresh
        progress("asking about it", 0, 1)
        return self._fresh(submission, entry) if self.draws else self._disguised(submission, entry)

    def _fresh(self, submission: Submission, entry: Entry) -> Audit:
        fresh, session = self.fresh, self._session
        cut = part(session.collection, fresh.cut)
        anew, known = self._both(
            submission, entry, (fresh.collection, fresh.questions), (cut, fresh.cut_questions)
        )
        return audit(anew, known, fresh, _now())

    def _disguised(self, submission: Submission, entry: Entry) -> Disguise:
        session = self._session
        other, rows = disguised(session.collection, self.seed)
        shown = part(session.collection, rows)
        queries = session.query_set.queries
        questions = [(query.id, query.text) for query in queries]
        hidden, seen = self._both(submission, entry, (other, questions), (shown, questions))
        alike = likeness(seen, hidden, dict(zip(other.ids, shown.ids, strict=True)), queries)
        held, judged = set(shown.ids), session.query_set.qrels
        qrels = {
            query.id: {name: g for name, g in judged.get(query.id, {}).items() if name in held}
            for query in queries
        }
        able = beats_chance(seen, qrels, queries, len(rows))
        verdict: Literal["holds", "falls", "too weak to tell"] = "too weak to tell"
        if able:
            verdict = "holds" if keeps(alike) else "falls"
        return Disguise(
            seed=self.seed, paintings=len(rows), alike=alike, verdict=verdict, date=_now()
        )

    def _both(
        self,
        submission: Submission,
        entry: Entry,
        new: tuple[Collection, Questions],
        old: tuple[Collection, Questions],
    ) -> tuple[Run, Run]:
        """Lists over pictures that are new, and over a part of those that were scored."""
        session = self._session
        if submission.pipeline is not None:
            return (
                pipeline.lists(session, submission, *new),
                pipeline.lists(session, submission, *old),
            )
        with Model(session.job(session.workspace.submissions / submission.name, submission)) as m:
            m.load()
            return asked(m, submission, *new), self._known(m, submission, entry, *old)

    def _known(
        self,
        model: Model,
        submission: Submission,
        entry: Entry,
        shown: Collection,
        questions: Questions,
    ) -> Run:
        """Lists over a part of the published gallery, from the embeddings that were scored.

        A searcher keeps none, and is asked again.
        """
        if not model.can("Encoder"):
            return asked(model, submission, shown, questions)
        session = self._session
        every = session.asked
        texts, images, ids = table(entry, session.collection, len(every))
        at = {painting: row for row, painting in enumerate(ids)}
        names = [painting for painting in shown.ids if painting in at]
        number = {query: row for row, (query, _) in enumerate(every)}
        rows = [number[query] for query, _ in questions]
        found = np.asarray(images[[at[name] for name in names]])
        put = [query for query, _ in questions]
        return search(entry.similarity, put, texts[rows], names, found, DEPTH)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
