"""Systems that take turns: choose their weights on topics for tuning, or show what they find.

    python tests/benchmarks/conversing.py weights
    python tests/benchmarks/conversing.py figures [SUBMISSION ...]

`weights` looks only at atelier-dev and museum-core-dev, with cimaise-teacher and cimaise-student:
from no feedback at all, weight by weight over a short list of values, whatever raises the mean
nsdcg@10 of the four by 0.002 or more; prints each step and what is best. Then the weight of the
constraints of the catalogue graph, each value with its mean. `figures` prints every
system on both boards. Embeddings that are not kept on this machine are made.
"""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from functools import partial
from types import ModuleType

import numpy as np

from benchmark.collections.registry import find
from benchmark.conversing.feedback import Weights
from benchmark.conversing.systems import (
    constrained,
    constrained_rocchio,
    rewritten_rocchio,
    rocchio,
    systems,
)
from benchmark.harness.evaluation import pipeline
from benchmark.harness.evaluation.rank import embeddings, rank
from benchmark.harness.evaluation.session import Session
from benchmark.records import Interval
from benchmark.scorers import Answers
from benchmark.submission import load
from benchmark.tasks._talks import SystemFigures, Talks
from benchmark.tasks.conversation import TASK
from benchmark.workspace import Workspace

SUBMISSIONS = ("cimaise-teacher", "cimaise-student")
COLLECTIONS = ("atelier", "museum-core")
NONE = Weights(refused=0, liked=0, rejected=0, pointed=0, fading=0.8)
LEAST = 0.002
"""A smaller gain is not taken: 26 conversations cannot tell it from none."""
VALUES = {
    "refused": (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
    "liked": (0.0, 0.1, 0.2, 0.35, 0.5, 0.8),
    "rejected": (0.0, 0.1, 0.2, 0.35, 0.5),
    "pointed": (0.0, 0.1, 0.2, 0.35, 0.5, 0.8, 1.2),
    "fading": (0.3, 0.5, 0.65, 0.8, 0.9, 1.0),
}
CONSTRAINTS = (0.3, 0.5, 1.0, 2.0, 3.0, 5.0)


def talks(collection: str, submission: str) -> Talks:
    """The conversations of a collection, with one submission's lists and embeddings."""
    workspace = Workspace.find()
    session = Session(workspace, find(collection, workspace), "cpu", fresh=False)
    manifest = load(workspace.submissions / submission)
    put = pipeline.Asked.published(session)
    entry = pipeline.prepare(session, manifest, put, lambda what, done, of: None)
    names = [name for name, _ in session.asked]
    run = rank(entry, session.collection, names)
    given = embeddings(entry, session.collection, names)
    asked = {name for name, _ in TASK.asked(session.sources)}
    kept = given.only(asked) if given else None
    answers = Answers(run, TASK.judgments(session.sources), len(session.collection), kept)
    return Talks(answers, session.sources.query_set.turns, session.sources.catalogue)


def weights() -> None:
    """Choose the weights of both systems that have some."""
    tuned = [talks(f"{c}-dev", s) for c in COLLECTIONS for s in SUBMISSIONS]
    for module in (rocchio, rewritten_rocchio):
        name, best = module.SYSTEM.name, NONE

        def worth(weights: Weights, room: ModuleType = module) -> float:
            system = replace(room.SYSTEM, answer=partial(room.answer, weights=weights))
            return float(np.mean([one.values(system).nsdcg.mean() for one in tuned]))

        reached = worth(best)
        print(f"{name}: {reached:.4f} from {best}")
        while True:
            before = reached
            for field in fields(Weights):
                tried = [replace(best, **{field.name: value}) for value in VALUES[field.name]]
                found = max(tried, key=worth)
                if (value := worth(found)) >= reached + LEAST:
                    best, reached = found, value
                    print(f"  {field.name} = {getattr(best, field.name)}: {reached:.4f}")
            if reached == before:
                break
        print(f"{name}: {best}")
    for module in (constrained, constrained_rocchio):
        for value in CONSTRAINTS:
            answer = partial(module.answer, weight=value)
            system = replace(module.SYSTEM, answer=answer)
            found = [one.values(system).nsdcg.mean() for one in tuned]
            print(f"{system.name:20} {value}: {np.mean(found):.4f}", *(f"{n:.4f}" for n in found))
    for system in systems().values():
        print(f"{system.name:20}", *(f"{one.values(system).nsdcg.mean():.4f}" for one in tuned))


def figures(names: list[str]) -> None:
    """Every system on both boards."""
    for collection in COLLECTIONS:
        for submission in names or SUBMISSIONS:
            found, _ = talks(collection, submission).figures()
            print(f"\n{collection}, {submission}")
            for name, one in found.items():
                print(f"  {name}")
                for what, value in lines(one):
                    print(f"    {what:14} {value}")


def lines(one: SystemFigures) -> list[tuple[str, str]]:
    """What is printed of one system."""
    shown = [("nsdcg@10", said(one.nsdcg)), ("bri", said(one.bri))]
    if one.gain and one.bri_gain:
        shown += [("nsdcg gain", said(one.gain)), ("bri gain", said(one.bri_gain))]
    shown += [(f"turn {n}", said(value)) for n, value in enumerate(one.turns, 1)]
    shown += [(kind, said(value)) for kind, value in one.kinds.items()]
    return shown + [(f"hits, round {n}", said(value)) for n, value in enumerate(one.hits)]


def said(value: Interval) -> str:
    return f"{value.mean:+.3f} ({value.low:+.3f} to {value.high:+.3f})"


if __name__ == "__main__":
    if sys.argv[1:] == ["weights"]:
        weights()
    elif sys.argv[1:2] == ["figures"]:
        figures(sys.argv[2:])
    else:
        sys.exit(__doc__)
