"""How long `cimaise run` takes where nothing has changed, by the number of submissions.

    python tests/benchmarks/nothing_changed.py [COUNT ...]

Makes a checkout with so many submissions (15 and 100 by default), each a copy of a tiny model
under its own name, runs it once, then five times more, each in a process of its own. Prints the
median and the range of the whole process, Python's own start included; the budget is 2 s with 15
and 3 s with 100.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.conftest import QRELS, QUERIES, make_gallery, make_submission, write_queries  # noqa: E402

WEIGHTS = 1_000_000
"""Bytes beside each model, to be digested."""


def checkout(folder: Path, count: int) -> tuple[Path, Path]:
    """A checkout of `count` submissions, and a gallery beside it."""
    root = folder / "checkout"
    for number in range(count):
        submission = make_submission(root / "submissions" / f"model-{number:03d}")
        weights = {"w": np.full(WEIGHTS // 4, number, np.float32)}
        save_file(weights, submission / "weights.safetensors")
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    return root, make_gallery(folder / "colours")


def run(root: Path, gallery: Path) -> tuple[float, str]:
    """Seconds of one run, and what it printed."""
    command = [sys.executable, "-m", "benchmark", "run", "--no-costs", "--collection", str(gallery)]
    began = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - began, done.stdout


def main() -> None:
    for count in [int(word) for word in sys.argv[1:]] or [15, 100]:
        with tempfile.TemporaryDirectory() as folder:
            root, gallery = checkout(Path(folder), count)
            first, _ = run(root, gallery)
            time.sleep(2.5)  # what was written a moment ago is not remembered yet
            run(root, gallery)
            seconds = []
            for _ in range(5):
                took, said = run(root, gallery)
                assert said.count("unchanged") == count, said
                seconds.append(took)
        print(
            f"{count} submissions: first {first:.1f} s, then median "
            f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
        )


if __name__ == "__main__":
    main()
