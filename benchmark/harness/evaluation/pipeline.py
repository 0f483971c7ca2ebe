"""A submission and all that it stands on: first stages, fusions, re-rankers.

Seen from outside a pipeline is a searcher: what is kept of it are its lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce

from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation import reranking
from benchmark.harness.evaluation.asking import Questions, asked
from benchmark.harness.evaluation.cache import Entry, write_report
from benchmark.harness.evaluation.embed import embed, reported
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.fusing import fused, looked_at
from benchmark.harness.evaluation.rank import width
from benchmark.harness.evaluation.ranked import ranked
from benchmark.harness.evaluation.report import CHUNKS, RANKING, Report
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import LeftOut
from benchmark.records import Run
from benchmark.results.provenance import rerank_code
from benchmark.results.store import write_run
from benchmark.scorers.measures import DEPTH
from benchmark.search.fusion import reranked
from benchmark.search.ranking import FUSED
from benchmark.submission import Pipeline, Submission, load
from benchmark.workspace import digest_of

RERANKED = "reranked.parquet"


@dataclass(frozen=True)
class Asked:
    """What gives the texts that are put, and the digest that they are kept by."""

    texts: Callable[[], list[str]]
    digest: str

    @classmethod
    def published(cls, session: Session) -> Asked:
        """All that is asked of the session's collection."""
        return cls(lambda: session.texts, session.questions.texts_digest)


def prepare(
    session: Session,
    submission: Submission,
    put: Asked,
    progress: Progress,
    threads: int | None = None,
) -> Entry:
    """What is kept of a submission, once it is whole: its stages' first, then its own."""
    place = session.entry(submission, put.digest)
    with session.making(place):
        if place.complete and (not session.fresh or place.texts in session.done):
            return place
        if submission.pipeline is None:
            embed(session, submission, place, put.texts, progress, threads)
        else:
            _pipeline(session, submission, submission.pipeline, place, put, progress, threads)
        session.done.add(place.texts)
    return place


@contextmanager
def of_stage(name: str) -> Iterator[None]:
    """A failure within says which stage it is of."""
    try:
        yield
    except LeftOut:
        raise
    except SubmissionFailed as error:
        raise SubmissionFailed(f"its stage '{name}': {error}") from None


def lists(session: Session, submission: Submission, shown: Collection, questions: Questions) -> Run:
    """Lists over a gallery that every stage is shown now; nothing is read or kept."""
    return _lists(session, submission, shown, questions, DEPTH)[0]


def _lists(
    session: Session, submission: Submission, shown: Collection, questions: Questions, depth: int
) -> tuple[Run, bool]:
    """Those lists, and whether they are of embeddings."""
    home, pipeline = session.workspace.submissions, submission.pipeline
    below, embedded = list[Run](), list[bool]()
    for name in pipeline.stages if pipeline else ():
        with of_stage(name):
            run, rows = _lists(session, load(home / name), shown, questions, looked_at(pipeline))
            below.append(run)
            embedded.append(rows)
    if pipeline is not None and pipeline.fuse:
        return fused(pipeline, below, embedded, depth), False
    with Model(session.job(home / submission.name, submission)) as model:
        model.load()
        if pipeline is None:
            found = asked(model, submission, shown, questions, depth)
            return found, model.can("Encoder")
        (first,), texts = below, dict(questions)
        scores = {
            query: reranking.score(model, shown, texts[query], ids[: pipeline.depth])
            for query, ids in zip(first.query_ids, first.ids, strict=True)
        }
    return reranked(first, scores), False


def _pipeline(
    session: Session,
    submission: Submission,
    pipeline: Pipeline,
    place: Entry,
    put: Asked,
    progress: Progress,
    threads: int | None,
) -> None:
    """Ask what a pipeline's own model must be asked, and keep lists and report."""
    every = session.below(submission)
    below = list[Entry]()
    for name in pipeline.stages:
        with of_stage(name):
            below.append(prepare(session, every[name], put, progress, threads))
    numbers = [str(number) for number in range(len(put.texts()))]
    deep = looked_at(pipeline)
    runs = [ranked(one, session.collection, numbers, deep) for one in below]
    if pipeline.fuse:
        embedded = [one.report().kind == "encoder" for one in below]
        run = fused(pipeline, runs, embedded, FUSED)
    else:
        scores = _scores(session, submission, runs[0], pipeline.depth, put, progress, threads)
        run = reranked(runs[0], scores)
    session.unchanged(submission, place.checkpoint)
    left_out = reduce(lambda a, b: a & b, (set(one.image_report().left_out) for one in below))
    write_run(place.texts / RANKING, run)
    write_report(place.texts, _whole(_reports(session, submission, put), sorted(left_out)))


def _scores(
    session: Session,
    submission: Submission,
    first: Run,
    depth: int,
    put: Asked,
    progress: Progress,
    threads: int | None,
) -> reranking.Scores:
    """Scores by the pipeline's own model, kept with the report of its work."""
    progress("loading", 0, 1)
    folder, place = session.workspace.submissions / submission.name, _own(session, submission, put)
    kept = place.texts / RERANKED
    with (
        session.cache.workplace(place, session.fresh) as work,
        Model(job := session.job(folder, submission, threads)) as model,
    ):
        if session.fresh:
            kept.unlink(missing_ok=True)
        model.load()
        model.need("Reranker")
        report = reported(model, job, put.texts())
        texts = {str(number): text for number, text in enumerate(put.texts())}
        parts = work / CHUNKS / place.texts.name
        scores = reranking.kept_scores(
            model, session.collection, texts, first, depth, kept, parts, progress
        )
        write_report(place.texts, report)
    return scores


def _own(session: Session, submission: Submission, put: Asked) -> Entry:
    """The place of what follows from a re-ranker's own files, whatever its first stage is."""
    return session.own_entry(submission, rerank_code(), put.digest)


def _reports(session: Session, submission: Submission, put: Asked) -> list[Report]:
    """The report of every model that takes part, each once."""
    found = list[Report]()
    every = session.below(submission) | {submission.name: submission}
    for one in every.values():
        if one.pipeline is None:
            place = session.entry(one, put.digest)
            dimensions = width(place, session.collection)
            found.append(place.image_report().model_copy(update={"dimensions": dimensions}))
        elif one.model is not None:
            found.append(_own(session, one, put).report())
    return found


def _whole(reports: Iterable[Report], left_out: list[str]) -> Report:
    """One report of several models: sums, and what holds of all of them."""
    every = list(reports)
    towers = {tower for one in every for tower in one.parameters}
    return Report(
        kind="searcher",
        device=" + ".join(dict.fromkeys(one.device for one in every)),
        load_s=sum(one.load_s for one in every),
        parameters={t: sum(one.parameters.get(t, 0) for one in every) for t in sorted(towers)},
        counted=all(one.counted for one in every),
        weight_bytes=sum(one.weight_bytes for one in every),
        weights_commit=next((one.weights_commit for one in every if one.weights_commit), None),
        weights_digest=digest_of(*(one.weights_digest or "" for one in every)),
        batch_size=1,
        dimensions=sum(one.dimensions or 0 for one in every) or None,
        pictures_per_s=None,
        isolation="sandbox" if all(one.isolation == "sandbox" for one in every) else "process",
        left_out=left_out,
    )
