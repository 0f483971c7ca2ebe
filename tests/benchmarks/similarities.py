"""What a search takes by each similarity, as a ratio to the inner product, in turns.

    python tests/benchmarks/similarities.py [ROUNDS]

Random embeddings of 512 dimensions and length 1 about two centres, one of texts and one of
paintings: 1,000 texts over 2,000 paintings, the best ten, in a gallery that is searched once; and
one text after another over 60,000, the best hundred, in a gallery that stands ready. Prints
milliseconds a text, medians of ratios round by round, and candidates that were compared exactly;
then seconds for all six on the first gallery (budget 1). All of it is processor time of one thread,
so that other work on the machine matters less.
"""

from __future__ import annotations

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmark.search import filtered
from benchmark.search.exact import ExactIndex
from benchmark.search.filtered import FilteredIndex
from benchmark.search.similarities import SIMILARITIES, search
from benchmark.search.similarity import INNER_PRODUCT

NAMES = [INNER_PRODUCT, *SIMILARITIES]


def rows(count: int, seed: int, width: int = 512) -> np.ndarray:
    random = np.random.default_rng(seed)
    found = random.normal(size=(count, width)) + random.normal(size=width) / 2
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def in_turns(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each, round by round; the first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.process_time()
            way()
            if number:
                taken[name].append(time.process_time() - began)
    return taken


def told(title: str, taken: dict[str, list[float]], queries: int, near: dict[str, float]) -> None:
    print(title)
    for name, seconds in taken.items():
        pairs = zip(seconds, taken[INNER_PRODUCT], strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        each = 1000 * statistics.median(seconds) / queries
        also = f"  {near[name]:.0f} candidates" if name in near else ""
        print(f"  {name:18} {each:8.3f} ms a text  x{ratio:.2f}{also}")


def candidates(texts: np.ndarray, paintings: np.ndarray, k: int) -> dict[str, float]:
    """Similarity -> paintings a text whose score is computed exactly."""
    found = {}
    for name, one in SIMILARITIES.items():
        blocks = filtered.stored(one, paintings, 4096)
        found[name] = len(filtered._candidates(one, texts, blocks, k)[0]) / len(texts)
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    texts, paintings = rows(1_000, 0), rows(2_000, 1)
    asked, ids = [f"q{i}" for i in range(1_000)], [f"p{i:04d}" for i in range(2_000)]
    ways = {
        name: lambda name=name: search(name, asked, texts, ids, paintings, 10) for name in NAMES
    }
    taken = in_turns(ways, rounds)
    title = "1,000 texts over 2,000 paintings, the best ten, searched once"
    told(title, taken, len(texts), candidates(texts, paintings, 10))
    six = [sum(taken[name][number] for name in SIMILARITIES) for number in range(rounds)]
    print(f"  all six: {statistics.median(six):.2f} s")

    many, names = rows(60_000, 2), [f"p{i:05d}" for i in range(60_000)]
    few = texts[:10]
    for name in NAMES:  # one at a time, for each keeps the gallery in a form of its own
        plain = ExactIndex(names, many)
        other = plain if name == INNER_PRODUCT else FilteredIndex(SIMILARITIES[name], names, many)
        both = {
            INNER_PRODUCT: lambda plain=plain: [plain.search(["q"], t[None], 100) for t in few],
            name: lambda other=other: [other.search(["q"], t[None], 100) for t in few],
        }
        told("one text over 60,000, the best hundred", in_turns(both, rounds), len(few), {})


if __name__ == "__main__":
    main()
