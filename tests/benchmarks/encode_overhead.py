"""What the harness adds to encoding: its encode stage against a bare loop, in turns.

    python tests/benchmarks/encode_overhead.py [SUBMISSION] [COLLECTION] [ROUNDS]

The bare loop decodes, preprocesses and forwards the same pictures with the same model, batch size
and threads, in a fresh process too, and keeps its rows in a list. Prints pictures a second for
both, and the harness's time as a multiple of the bare loop's; the budget is 1.05.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmark import submission as submissions
from benchmark.abilities import Encoder
from benchmark.adapters import load
from benchmark.collections.registry import find
from benchmark.harness.evaluation.encode import encode_images
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.workspace import Workspace


def bare(name: str, reference: str) -> float:
    """Pictures a second of the plain loop."""
    workspace = Workspace.find()
    folder = workspace.submissions / name
    submission = submissions.load(folder)
    model = load(folder, submission.model, None, "auto")
    assert isinstance(model, Encoder), f"{name} is no encoder"
    collection = find(reference, workspace).open()
    began = time.perf_counter()
    rows = []
    for start in range(0, len(collection), submission.batch_size):
        stop = min(start + submission.batch_size, len(collection))
        rows.append(model.encode_images([collection.image(row) for row in range(start, stop)]))
    return len(collection) / (time.perf_counter() - began)


def harness(name: str, reference: str) -> float:
    """Pictures a second through walls and checks, decoding and writing included."""
    workspace = Workspace.find()
    session = Session(workspace, find(reference, workspace), "auto", fresh=True)
    folder = workspace.submissions / name
    submission = submissions.load(folder)
    with tempfile.TemporaryDirectory() as place, Model(session.job(folder, submission)) as model:
        model.load()
        size = submission.batch_size
        assert isinstance(size, int), f"{name} finds its batch size by trying"
        quiet = lambda stage, done, of: None  # noqa: E731
        _, speed, _ = encode_images(model, session.collection, size, Path(place), quiet)
    assert speed is not None
    return speed


def main() -> None:
    name, reference, rounds = [
        *sys.argv[1:],
        *["atelier-student-scratch", "atelier", "5"][len(sys.argv) - 1 :],
    ]
    ratios = []
    for number in range(int(rounds)):
        command = [sys.executable, __file__, "--bare", name, reference]
        plain = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        ours = harness(name, reference)
        ratios.append(plain / ours)
        print(f"round {number + 1}: bare {plain:.0f}/s, harness {ours:.0f}/s, x{ratios[-1]:.3f}")
    print(
        f"harness time / bare time: median {statistics.median(ratios):.3f} "
        f"({min(ratios):.3f} to {max(ratios):.3f})"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        print(json.dumps(bare(sys.argv[2], sys.argv[3])))
    else:
        main()
