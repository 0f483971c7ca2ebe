"""The stages of one submission, from its model to a result that is ready to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event

from benchmark import tasks
from benchmark.errors import BadInput
from benchmark.harness.evaluation import pipeline
from benchmark.harness.evaluation.assembly import Origin, assemble
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.gap import TOLERANCE as CLOSE
from benchmark.harness.evaluation.gap import run_gap
from benchmark.harness.evaluation.plan import Plan, mark
from benchmark.harness.evaluation.rank import embeddings, width
from benchmark.harness.evaluation.ranked import ranked
from benchmark.harness.evaluation.reasons import reasons
from benchmark.harness.evaluation.sample import sample
from benchmark.harness.evaluation.session import Session
from benchmark.records import Reasons, Run
from benchmark.results.agreement import (
    ROUNDING,
    TOLERANCE,
    State,
    agreement,
    agrees,
    scores_agree,
)
from benchmark.results.schema import Result
from benchmark.scorers import Scores
from benchmark.scorers.measures import FAMILY
from benchmark.tasks import Section


@dataclass(frozen=True)
class Done:
    """A result, what it is worth beside the earlier one, and what of it is not on disk yet."""

    state: State
    detail: str
    result: Result
    unwritten: tuple[Run, Scores, Reasons | None] | None
    """None where the files that lie there stand, byte for byte."""


def bring(
    session: Session, plan: Plan, progress: Progress, threads: int | None, ready: Event
) -> Done:
    """Do what a plan says; nothing is written but the cache. Raises SubmissionFailed, BadInput.

    `ready` is waited for before measures are computed.
    """
    if plan.way == "sample" and (found := _by_sample(session, plan, progress, threads, ready)):
        return found
    if plan.stands and plan.earlier is not None:  # it is measured or audited alone
        return Done("unchanged", "costs measured" if plan.costs else "", plan.earlier, None)
    if plan.asks:
        put = pipeline.Asked.published(session)
        pipeline.prepare(session, plan.submission, put, progress, threads)
    stored = plan.way == "kept"
    why = None if stored else _reasons(session, plan)
    ready.wait()
    progress("scoring", 0, 1)
    with session.scoring:
        plan.entry.used()
        run = session.store.run(*_names(session, plan)) if stored else _ranked(session, plan)
        scores = _scores(session, plan, run)
        origin = _origin(session, plan)
        sections = _sections(session, plan, origin, run, scores)
        result = assemble(session, plan.submission, plan.keys, origin, sections, plan.earlier)
        done = _settled(session, plan, result, run, scores, why)
    progress("scoring", 1, 1)
    return done


def _by_sample(
    session: Session,
    plan: Plan,
    progress: Progress,
    threads: int | None,
    ready: Event,
) -> Done | None:
    """The stored result, where its run looks right and all of it follows from its run."""
    earlier = plan.earlier
    assert earlier is not None, "there is a stored run"
    try:
        run = session.store.run(*_names(session, plan))
    except BadInput:
        return None
    found = sample(session, plan.submission, plan.entry, earlier, run, progress, threads)
    if found is None or not found.holds:
        return None
    ready.wait()
    progress("scoring", 0, 1)
    with session.scoring:
        left_out, similarity = earlier.collection.left_out, plan.submission.similarity
        origin = Origin.of_report(found.report, left_out, found.width, similarity)
        paintings = earlier.collection.paintings
        scores = tasks.score(run, session.sources, paintings)
        sections = tasks.sections(scores, run, session.sources, paintings)
        sections = tasks.keeping(sections, earlier.sections)
        result = assemble(session, plan.submission, plan.keys, origin, sections, earlier)
    progress("scoring", 1, 1)
    if not plan.keys.section_stands(earlier):
        return Done(*agreement(result, earlier), result, (run, scores, None))
    if not _same(session, plan, result, scores, ROUNDING):
        return None
    return Done("confirmed", str(found), earlier, None)


def remember(session: Session, plan: Plan) -> None:
    """Note that a result was confirmed by sample, so that it is not asked for again here."""
    if plan.way == "sample" and not plan.entry.complete:
        path = mark(session, plan.keys, plan.entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _ranked(session: Session, plan: Plan) -> Run:
    run = ranked(plan.entry, session.collection, [name for name, _ in session.asked])
    return run.cut(session.depths)


def _reasons(session: Session, plan: Plan) -> Reasons | None:
    return reasons(session, plan.submission, _ranked(session, plan), dict(session.asked))


def _scores(session: Session, plan: Plan, run: Run) -> Scores:
    """Values of all measures; of a run that stands, those of families that stand are kept."""
    paintings = len(session.collection) - len(_origin(session, plan).left_out)
    if plan.way != "kept" or plan.earlier is None:
        return tasks.score(run, session.sources, paintings)
    stale = plan.keys.stale(plan.earlier)
    found = tasks.score(run, session.sources, paintings, stale)
    stored = session.store.scores(*_names(session, plan))
    kept = {name for name, family in FAMILY.items() if family not in stale}
    found |= {name: values for name, values in stored.items() if name in kept}
    return {name: found[name] for name in FAMILY if name in found}  # files come out alike


def _sections(
    session: Session, plan: Plan, origin: Origin, run: Run, scores: Scores
) -> dict[str, Section]:
    """The sections of a result; what embeddings show as stored, where it follows from the same."""
    sources, paintings = session.sources, len(session.collection) - len(origin.left_out)
    if plan.way == "kept" and plan.earlier is not None and plan.keys.space_stands(plan.earlier):
        sections = tasks.sections(scores, run, sources, paintings)
        return tasks.keeping(sections, plan.earlier.sections)
    names = [name for name, _ in session.asked]
    given = embeddings(plan.entry, session.collection, names)
    return tasks.sections(scores, run, sources, paintings, given)


def _origin(session: Session, plan: Plan) -> Origin:
    if plan.way == "kept" and plan.earlier is not None:
        return Origin.of_result(plan.earlier)
    entry = plan.entry
    kept = width(entry, session.collection)
    return Origin.of_report(entry.image_report(), entry.left_out(), kept, entry.similarity)


def _settled(
    session: Session, plan: Plan, result: Result, run: Run, scores: Scores, why: Reasons | None
) -> Done:
    """A new result beside the earlier one, which stands as it lies there where it is the same."""
    earlier = plan.earlier
    state, detail = agreement(result, earlier)
    if earlier is not None and state == "confirmed" and plan.keys.stand(earlier):
        same = _same(session, plan, result, scores, TOLERANCE)
        if same and run_gap(session.store.run(*_names(session, plan)), run) <= CLOSE:
            return Done(state, detail, earlier, None)
    return Done(state, detail, result, (run, scores, why))


def _same(session: Session, plan: Plan, result: Result, scores: Scores, tolerance: float) -> bool:
    """Whether the files of the earlier result say the same."""
    if plan.earlier is None or not session.store.has_run(*_names(session, plan)):
        return False
    if "graph" in plan.submission.inputs and not session.store.has_reasons(*_names(session, plan)):
        return False
    try:
        stored = session.store.scores(*_names(session, plan))
        session.store.run(*_names(session, plan))
    except BadInput:
        return False
    return agrees(result, plan.earlier, tolerance) and scores_agree(scores, stored, tolerance)


def _names(session: Session, plan: Plan) -> tuple[str, str]:
    return session.place.name, plan.submission.name
