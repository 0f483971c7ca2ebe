"""Seconds and memory of a whole site of 100 submissions and 1,000 queries.

    python -m tests.benchmarks.site_scale

Random runs of 100 among 500 paintings. Budget: 3 minutes and 2 GB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmark.collections.registry import find
from benchmark.records import Run
from benchmark.results.schema import Interval
from benchmark.results.store import Store
from benchmark.scorers.measures import MEASURES
from benchmark.workspace import Workspace
from tests.conftest import paint, write_lines, write_queries
from tests.results.made import as_now, result
from tests.site.laid_docs import lay_docs

SUBMISSIONS, QUERIES, PAINTINGS = 100, 1_000, 500


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = make(Path(folder) / "checkout")
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "benchmark", "site"], cwd=root, check=True)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        pages = len(list((root / "site").rglob("*.html")))
    print(f"{pages:,} pages in {seconds:.0f} s, {peak:.2f} GiB at the highest")


def make(root: Path) -> Path:
    """A checkout with nothing but results, and what they are of."""
    random = np.random.default_rng(0)
    gallery, names = root.parent / "gallery", [f"p{n:03}" for n in range(PAINTINGS)]
    for number, name in enumerate(names):
        red, green, blue = random.integers(0, 256, 3).tolist()
        paint(gallery / f"{name}.png", (red, green, blue), number)
    rows = [{"id": name, "file_name": f"{name}.png", "title": f"Title {name}"} for name in names]
    write_lines(gallery / "metadata.jsonl", rows)
    ids = [f"q{n:04}" for n in range(QUERIES)]
    asked = [
        {"_id": query, "text": f"{query} in words", "metadata": {"category": f"c{n % 12}"}}
        for n, query in enumerate(ids)
    ]
    judged = {q: {str(p): 3 for p in random.choice(names, 10, replace=False)} for q in ids}
    write_queries(root / "queries" / "gallery", asked, judged)
    (root / "submissions").mkdir()
    lay_docs(root)
    workspace = Workspace(root)
    store, place = Store(workspace.leaderboard), find(str(gallery), workspace)
    one = as_now(result("s000"), place)
    scores = np.linspace(1, 0.5, 100, dtype=np.float32)
    for number in range(SUBMISSIONS):
        lists = tuple(tuple(random.permutation(names)[:100].tolist()) for _ in ids)
        values = random.beta(1 + number / 50, 2, QUERIES)
        measured = {m.name: dict(zip(ids, values.tolist(), strict=True)) for m in MEASURES}
        mean = float(values.mean())
        main = {"ndcg@10": Interval(mean=mean, low=mean - 0.02, high=mean + 0.02)}
        told = {"submission": f"s{number:03}", "measures": one.measures | main}
        run = Run(tuple(ids), lists, (scores,) * QUERIES)
        store.write(one.model_copy(update=told), run, measured)
    return root


if __name__ == "__main__":
    main()
