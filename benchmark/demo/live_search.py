"""A question put to a submission, and to all that it stands on, as an answer to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Store

from benchmark.abilities import Triple
from benchmark.demo.embedded_gallery import QUERY
from benchmark.demo.joules import Gauge, Spent
from benchmark.demo.open_models import OpenModels, well
from benchmark.demo.opened_model import Opened
from benchmark.demo.turns import Question
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.fusing import fused, looked_at
from benchmark.harness.evaluation.session import Session
from benchmark.records import Run
from benchmark.search.fusion import reranked
from benchmark.submission import Submission

SHOWN = 12
"""Paintings of an answer."""


@dataclass(frozen=True)
class Found:
    """One painting of an answer: its row in the collection, and what speaks for it."""

    row: int
    painting: str
    score: float
    reasons: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What one submission found, and what the search took, reasons apart."""

    submission: str
    found: tuple[Found, ...] = ()
    spent: Spent = field(default_factory=Spent)
    moved: bool = True
    """Whether likes and pointing could move it: it, or a stage of it, has embeddings."""
    failed: str = ""
    """Why there is no answer, in one line."""


class Search:
    """A collection that submissions are asked about. Several threads may ask."""

    def __init__(self, session: Session) -> None:
        self.session, self.gauge = session, Gauge()
        self._models = OpenModels(session)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Painting -> its row."""
        return {painting: row for row, painting in enumerate(self.session.collection.ids)}

    @cached_property
    def graph(self) -> Store | None:
        """The catalogue graph, which reasons are looked up in; None where there is none."""
        from benchmark.collections.graph import load

        place = self.session.place.catalogue_graph
        return load(place).store if place else None

    def prepare(self, name: str) -> None:
        """Have a submission's models loaded, and asked once: what is done at a first answer alone
        is done by then. Raises SubmissionFailed, BadInput."""
        self._answer(self._models.submission(name), Question("a painting", None, (), ()))

    def answer(self, name: str, question: Question) -> Answer:
        """Ask. What fails, fails this answer alone."""
        try:
            return self._answer(self._models.submission(name), question)
        except (BadInput, SubmissionFailed) as error:
            return Answer(name, failed=str(error))
        except KeyboardInterrupt:  # how a wait for a model ends while the server stops
            return Answer(name, failed="stopped")
        except OSError as error:  # such as no room for another process
            return Answer(name, failed=f"{name}: {error.strerror or error}")

    def close(self) -> None:
        """End every model, those too that are being asked."""
        self._models.close()

    def _answer(self, submission: Submission, question: Question) -> Answer:
        aside = {*question.rejected, *([question.pointed] if question.pointed else ())}
        with self._models.held(submission) as at:
            models = at.values()
            with self.gauge.around([pid for one in models for pid in one.processes]) as spent:
                run, _ = self._list(submission, question, SHOWN + len(aside), at)
            listed = zip(run.ids[0], run.scores[0], strict=True) if run.ids else ()
            kept = [(one, float(value)) for one, value in listed if one not in aside][:SHOWN]
            said = self._reasons(models, question.text, [painting for painting, _ in kept])
        found = (
            Found(self.rows[painting], painting, value, why)
            for (painting, value), why in zip(kept, said, strict=True)
        )
        moved = any(one.encodes for one in models)
        return Answer(submission.name, tuple(found), spent, moved)

    def _reasons(
        self, models: Iterable[Opened], text: str, ids: Sequence[str]
    ) -> list[tuple[Triple, ...]]:
        """What every model that explains says of each painting, each triple once."""
        found: list[dict[Triple, None]] = [{} for _ in ids]
        if (graph := self.graph) is None:
            return [() for _ in ids]
        for one in models:
            for there, triples in zip(found, _said(one, text, ids, graph), strict=True):
                there.update(dict.fromkeys(triples))
        return [tuple(there) for there in found]

    def _list(
        self, submission: Submission, question: Question, depth: int, at: Mapping[str, Opened]
    ) -> tuple[Run, bool]:
        """The list of a submission, and whether embeddings gave it."""
        pipeline = submission.pipeline
        if pipeline is None:
            own = at[submission.name]
            return well(own, lambda: own.ranked(question, depth)), own.encodes
        deep, below, embedded = max(looked_at(pipeline), depth), list[Run](), list[bool]()
        for name in pipeline.stages:
            run, rows = self._list(self._models.submission(name), question, deep, at)
            below.append(run)
            embedded.append(rows)
        if pipeline.fuse:
            return fused(pipeline, below, embedded, depth), False
        own, best = at[submission.name], below[0].ids[0][: pipeline.depth]
        scores = well(own, lambda: own.scores(question.text, best))
        return reranked(below[0], {QUERY: scores}), False


def _said(model: Opened, text: str, ids: Sequence[str], graph: Store) -> list[list[Triple]]:
    return well(model, lambda: model.reasons(text, ids, graph))
