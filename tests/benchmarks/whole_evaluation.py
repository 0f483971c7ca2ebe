"""A whole evaluation, costs apart, against a bare script that does the same work; in turns.

    python tests/benchmarks/whole_evaluation.py [SUBMISSION] [ROUNDS]

Ours is `cimaise run NAME --fresh --no-costs`, process and all. The bare script, a process of its
own too, decodes the pictures of the atelier, encodes them and all texts with the same model, batch
size and threads, multiplies, and calls pytrec_eval. Each pair runs one after the other, and every
other pair the other way round. Works on a copy of the checkout's submissions and queries; one run
before the first pair compiles the measures. The budget is 1.05.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def bare(name: str) -> None:
    """The plain script: no walls, no checks, no files."""
    import numpy as np
    import pytrec_eval

    from benchmark import submission as submissions
    from benchmark.adapters import load
    from benchmark.collections.registry import find
    from benchmark.queries import load as queries
    from benchmark.workspace import Workspace

    workspace = Workspace.find()
    folder = workspace.submissions / name
    submission = submissions.load(folder)
    place = find("atelier", workspace)
    collection = place.open()
    asked = queries.of(place, collection)
    model = load(folder, submission.own_model, None, "cpu")
    size = submission.batch_size
    assert isinstance(size, int), f"{name} finds its batch size by trying"
    spans = [range(start, start + size) for start in range(0, len(collection), size)]
    images = np.concatenate(
        [
            model.encode_images([collection.image(row) for row in span if row < len(collection)])
            for span in spans
        ]
    )
    texts = [text for _, text in asked.asked]
    rows = np.concatenate(
        [model.encode_texts(texts[start : start + 32]) for start in range(0, len(texts), 32)]
    )
    scores = rows @ images.T
    best = np.argsort(-scores, axis=1)[:, :100]
    run = {
        query: {collection.ids[row]: float(scores[number, row]) for row in best[number]}
        for number, (query, _) in enumerate(asked.asked)
    }
    evaluator = pytrec_eval.RelevanceEvaluator(
        asked.qrels, {"ndcg_cut.10,100", "map", "recip_rank", "recall.10,100", "P.5", "success.1"}
    )
    values = evaluator.evaluate({query: run[query] for query in asked.qrels})
    print(np.mean([one["ndcg_cut_10"] for one in values.values()]))


def timed(command: list[str], root: Path) -> float:
    """Seconds of a process."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began


def main() -> None:
    name, rounds = [*sys.argv[1:], *["atelier-student-scratch", "5"][len(sys.argv) - 1 :]]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "queries", root / "queries")
        shutil.copytree(ROOT / "submissions" / name, root / "submissions" / name)
        ours = ["-m", "benchmark", "run", name, "--fresh", "--no-costs"]
        plain = [str(Path(__file__).resolve()), "--bare", name]
        timed(ours, root)
        for number in range(int(rounds)):
            pair = {}
            for which in ("ours", "plain") if number % 2 else ("plain", "ours"):
                pair[which] = timed(ours if which == "ours" else plain, root)
            ratios.append(pair["ours"] / pair["plain"])
            print(
                f"pair {number + 1}: bare {pair['plain']:.1f} s, ours {pair['ours']:.1f} s, "
                f"x{ratios[-1]:.3f}",
                flush=True,
            )
    print(f"median x{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        bare(sys.argv[2])
    else:
        main()
