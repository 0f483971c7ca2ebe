"""The work of a run: models side by side, our own part beside them; then what is measured alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from threading import Event

import numpy as np

from benchmark import tasks
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.auditing import Auditor
from benchmark.harness.evaluation.costing import cost
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.plan import Plan
from benchmark.harness.evaluation.pool import at_once, cores, pool
from benchmark.harness.evaluation.session import Session
from benchmark.harness.evaluation.stage import Done, bring, remember
from benchmark.harness.evaluation.writable import writable
from benchmark.harness.isolation.process import LeftOut
from benchmark.records import Run
from benchmark.results.cost import Cost
from benchmark.results.schema import Audit
from benchmark.scorers import _warm as warm


def work(
    session: Session,
    plans: Mapping[str, Plan],
    progress: Callable[[str], Progress],
    audits: bool,
) -> Iterator[Outcome]:
    """Do what plans say, on all cores; what is measured or audited follows, one at a time."""
    for folder in (session.store.folder, session.cache.folder):
        writable(folder)
    told = {name: progress(name) for name in plans}
    workers = at_once([plan.submission for plan in plans.values() if plan.asks], session.device)
    threads = max(1, cores() // workers) if workers > 1 else None
    ready, auditor, alone = Event(), Auditor(session), dict[str, Done]()
    try:
        with pool(workers) as begin:
            begun = {
                name: begin(partial(bring, session, plan, told[name], threads, ready))
                for name, plan in plans.items()
            }
            try:
                _open(session, progress(""))  # beside the workers, which load their models first
            finally:
                ready.set()
            for name, future in begun.items():
                try:
                    if plans[name].costs or audits:
                        alone[name] = future.result()
                    else:
                        yield _keep(session, plans[name], future.result(), None)
                except (BadInput, SubmissionFailed) as error:
                    yield _failed(name, error)
                finally:
                    told[name]("", 1, 1)
        for name, done in alone.items():
            try:
                yield _alone(session, plans[name], done, told[name], auditor if audits else None)
            except (BadInput, SubmissionFailed) as error:
                yield _failed(name, error)
            finally:
                told[name]("", 1, 1)
    finally:
        session.cache.evict()


def _open(session: Session, progress: Progress) -> None:
    """Open the collection, and have all that scoring imports and compiles in this process."""
    with session.scoring:
        sources = session.sources
        if (compiling := warm.start(session.cache.folder)) is not None:
            progress("compiling the measures (once)", 0, 1)
            try:
                compiling.wait()
            finally:
                compiling.kill()
                compiling.wait()
                progress("", 1, 1)
        first = session.asked[0][0], session.collection.ids[0]
        run = Run(first[:1], (first[1:],), (np.ones(1, np.float32),))
        tasks.score(run, sources, len(session.collection))


def _alone(
    session: Session, plan: Plan, done: Done, progress: Progress, auditor: Auditor | None
) -> Outcome:
    """What a model is asked with nothing beside: what it costs, and of what nobody has seen."""
    found = cost(session, plan.submission, progress) if plan.costs else None
    outcome = _keep(session, plan, done, found)
    return _audited(session, plan, outcome, auditor, progress) if auditor else outcome


def _keep(session: Session, plan: Plan, done: Done, cost: Cost | None) -> Outcome:
    """Write what is not on disk yet, the result with its new cost where there is one."""
    result = done.result if cost is None else done.result.model_copy(update={"cost": cost})
    if done.unwritten is not None:
        session.store.write(result, *done.unwritten)
    elif cost is not None:
        session.store.amend(result)
    remember(session, plan)
    return Outcome.of(plan.submission.name, done.state, done.detail, result)


def _audited(
    session: Session, plan: Plan, outcome: Outcome, auditor: Auditor, progress: Progress
) -> Outcome:
    """The outcome, once the result says what an audit found, too."""
    if "graph" in plan.submission.inputs:
        return _noted(outcome, "audit: none, for new pictures are in no graph")
    found = auditor.audit(plan.submission, plan.entry, progress)
    result = session.store.result(session.place.name, plan.submission.name)
    assert result is not None, "it has just been scored"
    field = "audit" if isinstance(found, Audit) else "disguise"
    result = result.model_copy(update={field: found})
    session.store.amend(result)
    said = f"audit: {found.verdict}"
    if isinstance(found, Audit) and found.ratio is not None:
        ratio = found.ratio
        said += f", {ratio.mean:.2f} of it anew ({ratio.low:.2f} to {ratio.high:.2f})"
    return _noted(outcome, said)


def _noted(outcome: Outcome, said: str) -> Outcome:
    detail = f"{outcome.detail}; {said}" if outcome.detail else said
    return replace(outcome, detail=detail)


def _failed(name: str, error: BadInput | SubmissionFailed) -> Outcome:
    return Outcome(name, "left out" if isinstance(error, LeftOut) else "failed", str(error))
