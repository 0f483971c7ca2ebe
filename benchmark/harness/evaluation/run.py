"""From submissions to results: what stands is left, what does not is done, what cannot is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from benchmark.errors import BadInput
from benchmark.harness.evaluation.outcome import Outcome
from benchmark.harness.evaluation.plan import Plan, plan
from benchmark.harness.evaluation.session import Session
from benchmark.submission import Submission

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""


def run(
    session: Session,
    chosen: Mapping[str, Submission | BadInput],
    progress: Callable[[str], Progress],
    costs: bool = True,
    here: bool = False,
    audits: bool = False,
    fetch: bool = True,
) -> Iterator[Outcome]:
    """Bring each submission's result up to date; what cannot be, or need not be, comes first.

    `progress(name)` gives the callback for a submission's stages. `costs`: measure what a
    submission costs, where that does not stand already; `here`: a cost of another machine does
    not stand. `audits`: ask each about pictures that nobody has seen. `fetch`: weights of a hub are
    fetched; without, what would need some waits. A failure costs its own row only; BadInput raised
    here concerns the collection, its queries or a folder of ours.
    """
    _ = session.pictures, session.questions  # bad input is reported before any work
    plans: dict[str, Plan] = {}
    for name, submission in chosen.items():
        try:
            if isinstance(submission, BadInput):
                raise submission
            plans[name] = plan(session, submission, costs, here, audits)
        except BadInput as error:
            yield Outcome(name, "failed", str(error))
    for name, one in list(plans.items()):
        if one.stands and one.earlier is not None and not (one.costs or audits):
            yield Outcome.of(name, "unchanged", "", one.earlier)
            del plans[name]
        elif not fetch and (one.asks or one.costs or audits) and session.waits(one.submission):
            yield Outcome(name, "waits")
            del plans[name]
    if plans:  # nothing that knows a model is imported where there is nothing to do
        from benchmark.harness.evaluation.working import work

        yield from work(session, plans, progress, audits)
