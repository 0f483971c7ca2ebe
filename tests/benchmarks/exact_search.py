"""Exact search with the tie rule against faiss IndexFlatIP, in turns.

    python tests/benchmarks/exact_search.py [ROUNDS]

1,000 queries over 60,000 x 512 float32, top 100. Prints seconds for both and the ratio; the budget
is a ratio of 1.
"""

from __future__ import annotations

import statistics
import sys
import time

import faiss
import numpy as np

from benchmark.search.exact import exact_search


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    random = np.random.default_rng(0)
    queries, paintings = (unit(random.normal(size=(n, 512))) for n in (1_000, 60_000))
    names, ids = [f"q{i}" for i in range(1_000)], [f"p{i:05d}" for i in range(60_000)]
    ratios = []
    for number in range(rounds):
        began = time.perf_counter()
        index = faiss.IndexFlatIP(512)
        index.add(paintings)
        index.search(queries, 100)
        plain = time.perf_counter() - began
        began = time.perf_counter()
        exact_search(names, queries, ids, paintings, 100)
        ours = time.perf_counter() - began
        ratios.append(ours / plain)
        print(f"round {number + 1}: faiss {plain:.2f} s, ours {ours:.2f} s, x{ratios[-1]:.2f}")
    print(f"ours / faiss: median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
