"""How near p of the paired test lies to the truth, beside other ways to go below 100,000 flips.

    python tests/benchmarks/flip_tails.py [--measure hit_rate@1] [--flips 4000000]

For pairs of the atelier's stored submissions whose p lies between 1e-12 and 0.3: the truth by
tilted flips (importance sampling, 200,000 draws, known to about 1 %), and each way's p as a
multiple of it: ours; Lugannani and Rice's saddlepoint approximation (1980); the normal one; a
generalised Pareto fitted to the 250 largest of 100,000 flips (Knijnenburg et al., Bioinformatics
2009); and plain random flips, where they see more than 50.
"""

from __future__ import annotations

import argparse
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import genpareto, norm

from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.results.paired_tests import paired_p_values
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.statistics import by_topic
from benchmark.workspace import Workspace

Values = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", default=MAIN.name)
    parser.add_argument("--flips", type=int, default=4_000_000)
    asked = parser.parse_args()
    workspace = Workspace.find()
    place, store = find("atelier", workspace), Store(workspace.leaderboard)
    known = queries.of(place, place.open()).queries
    values = {
        result.submission: by_topic(
            store.scores(place.name, result.submission)[asked.measure], known
        )
        for result in store.results(place.name)
    }
    print(f"{asked.measure}: {'truth':>8} ours saddle normal pareto flips, as multiples of it")
    for a, b in combinations(sorted(values), 2):
        topics = sorted(values[a].keys() & values[b].keys())
        differences = np.array([values[a][topic] - values[b][topic] for topic in topics])
        p = float(paired_p_values(differences[:, None])[0])
        if not 1e-12 < p < 0.3:
            continue
        sizes = np.abs(differences[differences != 0])
        seen = abs(float(differences.sum())) * (1 - 1e-9)
        truth, saddle = tilted(sizes, seen)
        normal = 2 * norm.sf(seen / np.sqrt((sizes**2).sum()))
        count = int((flips(sizes, asked.flips) >= seen).sum())
        plain = f"{count / asked.flips / truth:.3f}" if count > 50 else "-"
        print(
            f"{len(sizes):3} differences, {len(set(sizes.round(9))):3} sizes {truth:8.1e} "
            f"{p / truth:.3f} {saddle / truth:.3f} {normal / truth:.3f} "
            f"{pareto(sizes, seen) / truth:.3f} {plain}  {a}, {b}",
            flush=True,
        )


def tilted(sizes: Values, seen: float) -> tuple[float, float]:
    """P(|S| >= seen) by importance sampling, and by Lugannani and Rice's formula."""
    tilt = brentq(lambda t: (sizes * np.tanh(t * sizes)).sum() - seen, 0, 60 / sizes.min())
    lean = np.tanh(tilt * sizes)
    height = (np.logaddexp(tilt * sizes, -tilt * sizes) - np.log(2)).sum()
    random, found = np.random.default_rng(0), []
    for _ in range(20):
        signs = np.where(random.random((10_000, len(sizes))) < (1 + lean) / 2, 1.0, -1.0)
        sums = signs @ sizes
        found.append(np.where(sums >= seen, np.exp(height - tilt * sums), 0).mean())
    w = np.sqrt(2 * (tilt * seen - height))
    u = tilt * np.sqrt((sizes**2 * (1 - lean**2)).sum())
    return 2 * float(np.mean(found)), 2 * float(norm.sf(w) + norm.pdf(w) * (1 / u - 1 / w))


def flips(sizes: Values, count: int) -> Values:
    """Sums of that many random signings, in size."""
    random, found = np.random.default_rng(1), []
    for at in range(0, count, 100_000):
        size = min(100_000, count - at)
        bits = random.integers(0, 256, (size, -(-len(sizes) // 8)), np.uint8)
        signs = np.unpackbits(bits, axis=1, count=len(sizes)).astype(np.float64)
        found.append(np.abs(2 * (signs @ sizes) - sizes.sum()))
    return np.concatenate(found)


def pareto(sizes: Values, seen: float) -> float:
    sums = np.sort(flips(sizes, 100_000))
    if seen < sums[-250]:
        return float((sums >= seen).mean())
    start = (sums[-250] + sums[-251]) / 2
    shape, _, scale = genpareto.fit(sums[-250:] - start, floc=0)
    return float(250 / len(sums) * genpareto.sf(seen - start, shape, 0, scale))


if __name__ == "__main__":
    main()
