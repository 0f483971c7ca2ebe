"""Latency by our clock, outside the walls, against the model's own, inside.

    python tests/benchmarks/clocks.py [SUBMISSION ...]

The same queries are put one by one to a worker, timed as `cimaise run` times them, and then to the
same model in this process, timed around the call. Prints medians in milliseconds: outside, outside
without what the channel takes, inside, and the channel's own.
"""

from __future__ import annotations

import sys
from statistics import median
from time import perf_counter

from benchmark import submission as submissions
from benchmark.abilities import Encoder
from benchmark.adapters import load
from benchmark.collections.registry import find
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import Process
from benchmark.harness.profiling.channel import overhead
from benchmark.workspace import Workspace

WARM_UPS, QUERIES = 20, 400
SUBMISSIONS = ("atelier-teacher", "atelier-student-distilled", "atelier-student-tiny-int8")


def main() -> None:
    workspace = Workspace.find()
    session = Session(workspace, find("atelier", workspace), "cpu", fresh=True)
    texts = session.texts[: WARM_UPS + QUERIES]
    with Process(None) as bare:
        channel = overhead(bare)
    print(f"channel: {1e6 * channel.fixed_s:.0f} us and {1e9 * channel.byte_s:.2f} ns a byte")
    for name in sys.argv[1:] or SUBMISSIONS:
        folder = workspace.submissions / name
        submission = submissions.load(folder)
        outside: list[float] = []
        with Model(session.job(folder, submission)) as walled:
            walled.load()
            for text in texts:
                rows = walled.texts([text])
                outside.append(walled.answered - walled.asked)
        model = load(folder, submission.model, None, "cpu")
        assert isinstance(model, Encoder), f"{name} is no encoder"
        inside = []
        for text in texts:
            began = perf_counter()
            model.encode_texts([text])
            inside.append(perf_counter() - began)
        whole = median(outside[WARM_UPS:])
        ours = channel.without(whole, len(texts[-1]), rows.nbytes)
        print(
            f"{name}: outside {1000 * whole:.3f} ms, {1000 * ours:.3f} without the channel, "
            f"inside {1000 * median(inside[WARM_UPS:]):.3f}"
        )


if __name__ == "__main__":
    main()
