"""Is a cost the same when it is measured again?

    python tests/benchmarks/measured_twice.py [SUBMISSION ...]

Measures each submission (all by default) twice on the atelier, from embeddings that `cimaise run`
left, and prints both medians of a query's milliseconds and of pictures a second; the budget for
the first is a difference of 10 %.
"""

from __future__ import annotations

import sys

from benchmark.collections.registry import find
from benchmark.harness.evaluation.costing import cost
from benchmark.harness.evaluation.session import Session
from benchmark.results.cost import Cost
from benchmark.submission import Submission, load_all
from benchmark.workspace import Workspace


def main() -> None:
    workspace = Workspace.find()
    session = Session(workspace, find("atelier", workspace), "auto", fresh=False)
    for name, submission in load_all(workspace.submissions, sys.argv[1:] or None).items():
        assert isinstance(submission, Submission), submission
        first, second = (cost(session, submission, lambda stage, done, of: None) for _ in range(2))
        print(f"{name}: {described(first)}; again {described(second)}")
        print(f"  p50 differs by {100 * (second.query_ms_p50 / first.query_ms_p50 - 1):+.1f} %")


def described(cost: Cost) -> str:
    """The figures to compare."""
    pictures = f", {cost.pictures_per_s:.0f} pictures/s" if cost.pictures_per_s else ""
    return f"{cost.query_ms_p50:.3f} ms a query{pictures}"


if __name__ == "__main__":
    main()
