"""What the walls and the checks add to a run, in turns with none.

    python tests/benchmarks/walls.py [SUBMISSION ...]

Prints, as medians of rounds: milliseconds until a worker greets, inside walls and without; those
of listing, checking and digesting each submission's files; and how many times as long encoding
takes in a worker inside walls as in one without, every answer checked in both.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from unittest.mock import patch

from benchmark import submission as submissions
from benchmark.collections.registry import find
from benchmark.harness.evaluation.encode import encode_images
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.answers import Echoed
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import Process
from benchmark.submission_files import digest
from benchmark.workspace import Workspace

STARTS, ROUNDS = 15, 5
SUBMISSIONS = ("atelier-student-distilled", "atelier-student-tiny-int8", "palette-words")


def started() -> float:
    """Milliseconds from starting a worker without a model to its first answer."""
    began = perf_counter()
    with Process(None) as bare:
        bare.ask(Echoed, "echo", most=1, back=1)
        return 1000 * (perf_counter() - began)


def encoding(session: Session, name: str) -> float:
    """Seconds to encode the gallery's pictures."""
    folder = session.workspace.submissions / name
    submission = submissions.load(folder)
    size = submission.batch_size
    assert isinstance(size, int), f"{name} finds its batch size by trying"
    with tempfile.TemporaryDirectory() as place, Model(session.job(folder, submission)) as model:
        model.load()
        began = perf_counter()
        encode_images(model, session.collection, size, Path(place), lambda *_: None)
        return perf_counter() - began


def without() -> object:
    return patch.object(walls, "missing", lambda: "left out to be compared")


def main() -> None:
    workspace = Workspace.find()
    session = Session(workspace, find("atelier", workspace), "cpu", fresh=True, trust=True)
    inside, outside = [], []
    for _ in range(STARTS):
        inside.append(started())
        with without():  # type: ignore[attr-defined]
            outside.append(started())
    print(f"a worker greets: {median(inside):.0f} ms inside walls, {median(outside):.0f} without")
    for name in sys.argv[1:] or SUBMISSIONS:
        folder, taken = workspace.submissions / name, []
        for _ in range(ROUNDS):
            began = perf_counter()
            submissions.load(folder)
            digest(folder)
            taken.append(1000 * (perf_counter() - began))
        ratios = []
        for _ in range(ROUNDS):
            walled = encoding(session, name)
            with without():  # type: ignore[attr-defined]
                ratios.append(walled / encoding(session, name))
        print(
            f"{name}: checked and digested in {median(taken):.0f} ms; encoding takes "
            f"{median(ratios):.3f} times as long inside walls ({min(ratios):.3f} to "
            f"{max(ratios):.3f})"
        )


if __name__ == "__main__":
    main()
