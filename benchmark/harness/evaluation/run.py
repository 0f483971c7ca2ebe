"""From submissions to results: encode what is not cached, search, score, measure, keep."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmark import tasks
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation import pipeline
from benchmark.harness.evaluation.auditing import Auditor
from benchmark.harness.evaluation.build import build
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.rank import embeddings, rank
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.process import LeftOut
from benchmark.results.agreement import State, agreement, cost_follows, follows
from benchmark.results.cost import Hardware
from benchmark.results.provenance import machine
from benchmark.results.schema import Audit
from benchmark.results.store import Store
from benchmark.scorers import _warm as warm
from benchmark.submission import Submission


@dataclass(frozen=True)
class Outcome:
    """What became of one submission, in a word and a line."""

    name: str
    state: State
    detail: str = ""


def run(
    session: Session,
    chosen: Mapping[str, Submission | BadInput],
    progress: Callable[[str], Progress],
    costs: bool = True,
    here: bool = False,
    audits: bool = False,
) -> Iterator[Outcome]:
    """Bring each submission's result up to date, one after another.

    `progress(name)` gives the callback for a submission's stages. `costs`: measure what a
    submission costs, where that does not stand already; `here`: a cost of another machine does
    not stand. `audits`: ask each about pictures that nobody has seen. A failure costs its own row
    only; BadInput raised here concerns the collection or its queries.
    """
    _ = session.fingerprint, session.query_set  # bad input is reported before any work
    auditor = Auditor(session)
    with _Compiler(session.cache.folder) as compiler:
        try:
            for name, submission in chosen.items():
                if isinstance(submission, BadInput):
                    yield Outcome(name, "failed", str(submission))
                    continue
                try:
                    told = progress(name)
                    outcome = _one(session, name, submission, told, costs, here, compiler)
                    if audits and "graph" in submission.inputs:
                        outcome = _noted(outcome, "audit: none, for new pictures are in no graph")
                    elif audits:
                        outcome = _audited(session, submission, outcome, auditor, told)
                    yield outcome
                except LeftOut as error:
                    yield Outcome(name, "left out", str(error))
                except (BadInput, SubmissionFailed) as error:
                    yield Outcome(name, "failed", str(error))
        finally:
            session.cache.evict()


def _one(
    session: Session,
    name: str,
    submission: Submission,
    progress: Progress,
    costs: bool,
    here: bool,
    compiler: _Compiler,
) -> Outcome:
    store, place, query_set = Store(session.workspace.leaderboard), session.place, session.query_set
    digest = session.digest(name)
    asked = pipeline.Asked.published(session)
    entry = pipeline.entry(session, submission, asked)
    earlier = store.result(place.name, name)
    stands = entry.complete and not session.fresh
    if not stands:
        compiler.wait(progress)
        pipeline.prepare(session, submission, asked, progress)
    wanted = Hardware(**machine(), device=entry.image_report().device) if here else None
    cost = None
    if earlier is not None and cost_follows(earlier, digest, session.fingerprint, wanted):
        cost = earlier.cost
    stands = stands and store.has_run(place.name, name)
    stands = stands and follows(earlier, digest, session.fingerprint, query_set)
    if stands and (cost is not None or not costs):
        return Outcome(name, "unchanged")
    if costs and (cost is None or session.fresh):
        compiler.wait(progress)
        cost = pipeline.cost(session, submission, progress)
    progress("scoring", 0, 1)
    entry.used()
    names = [name for name, _ in session.asked]
    ranked = rank(entry, session.collection, names)
    found = len(session.collection) - len(entry.left_out())
    given = embeddings(entry, session.collection, names)
    scores, sections = tasks.score(ranked, session.sources, found, given)
    result = build(
        submission,
        digest,
        session.collection,
        session.fingerprint,
        query_set,
        entry,
        sections,
        cost,
        earlier,
    )
    store.write(result, ranked, scores)
    progress("scoring", 1, 1)
    return Outcome(name, *agreement(result, earlier))


def _audited(
    session: Session,
    submission: Submission,
    outcome: Outcome,
    auditor: Auditor,
    progress: Progress,
) -> Outcome:
    """The outcome, once the result says what an audit found, too."""
    store, place = Store(session.workspace.leaderboard), session.place.name
    entry = pipeline.entry(session, submission, pipeline.Asked.published(session))
    found = auditor.audit(submission, entry, progress)
    result = store.result(place, submission.name)
    assert result is not None, "it has just been scored"
    field = "audit" if isinstance(found, Audit) else "disguise"
    store.amend(result.model_copy(update={field: found}))
    said = f"audit: {found.verdict}"
    if isinstance(found, Audit) and found.ratio is not None:
        ratio = found.ratio
        said += f", {ratio.mean:.2f} of it anew ({ratio.low:.2f} to {ratio.high:.2f})"
    return _noted(outcome, said)


def _noted(outcome: Outcome, said: str) -> Outcome:
    detail = f"{outcome.detail}; {said}" if outcome.detail else said
    return Outcome(outcome.name, outcome.state, detail)


class _Compiler:
    """Compiles ranx's kernels where that was never done, before anything is measured: beside an
    encoder, even at the lowest priority, it made single queries read eight times slower."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Compiler:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def wait(self, progress: Progress) -> None:
        if self._process is None:
            self._process = warm.start(self._cache)
        if self._process is not None and self._process.poll() is None:
            progress("compiling the measures (once)", 0, 1)
            self._process.wait()
