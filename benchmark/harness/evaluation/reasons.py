"""What speaks for the paintings of a list: triples of the catalogue graph, asked of its models."""

from __future__ import annotations

from collections.abc import Mapping

from benchmark.harness.evaluation.index import index
from benchmark.harness.evaluation.session import Session, alone
from benchmark.harness.isolation.model import Model
from benchmark.records import Reasons, Run
from benchmark.scorers.measures import CUT
from benchmark.submission import Submission

_TEXTS_AT_ONCE = 64


def reasons(
    session: Session, submission: Submission, run: Run, texts: Mapping[str, str]
) -> Reasons | None:
    """For each query the triples that speak for the first paintings of its list.

    `texts`: query -> what was asked.

    Asked of every model that takes part, reads the graph and explains. None where the submission
    reads no graph. Raises SubmissionFailed where a model names what the graph does not say.
    """
    if "graph" not in submission.inputs:
        return None
    found: Reasons = {}
    every = (*session.below(submission).values(), submission)
    for one in every:
        if one.model is not None and "graph" in one.inputs:
            _ask(session, one, run, texts, found)
    return found


def _ask(
    session: Session, submission: Submission, run: Run, texts: Mapping[str, str], found: Reasons
) -> None:
    """Add what one model says."""
    from benchmark.collections.graph import load

    folder = session.workspace.submissions / submission.name
    job = session.job(folder, alone(submission))
    with Model(job) as model:
        model.load()
        if not (model.can("Searcher") and model.can("Explainer")):
            return
        assert job.graph is not None, "it reads one"
        graph = load(job.graph).store
        index(model, session.collection, submission)
        lists = [
            (query, ids[:CUT]) for query, ids in zip(run.query_ids, run.ids, strict=True) if ids
        ]
        for start in range(0, len(lists), _TEXTS_AT_ONCE):
            part = lists[start : start + _TEXTS_AT_ONCE]
            said = model.explain([(texts[query], ids) for query, ids in part], graph)
            for (query, ids), triples in zip(part, said, strict=True):
                there = found.setdefault(query, {})
                for painting, every in zip(ids, triples, strict=True):
                    if every:
                        there.setdefault(painting, []).extend(every)
