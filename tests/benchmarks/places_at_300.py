"""Whether places are right on a board of 300: false alarms among equals, and groups found.

    python tests/benchmarks/places_at_300.py [--boards 1000] [--whole 3]

Boards are made of the stored values by topic of the atelier's submissions: topics are drawn anew
with replacement, and each made submission takes, topic by topic, the value of a real one.

- *Alike*: all pick among the same real ones with the same chances: signs of differences are
  random indeed, the test is exact.
- *Centred*: each picks with chances of its own and is then moved so that all have the same
  expected value. Differences are lopsided and of unequal spread; only their mean is 0.

The share of boards with even one false difference, with its 95 % interval (Clopper and Pearson),
should be at most 5 %. There only the 100 pairs with the largest mean in standard errors are
tested, for the smallest p decides. *Whole* boards of ten groups of 30 are compared pair by pair.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.results.comparison import compare_all, places
from benchmark.results.paired_tests import paired_p_values
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.statistics import LEVEL, by_topic
from benchmark.workspace import Workspace

Values = NDArray[np.float64]
COUNT, GROUPS = 300, 10
PAIRS = COUNT * (COUNT - 1) // 2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--boards", type=int, default=1000)
    parser.add_argument("--whole", type=int, default=3)
    asked = parser.parse_args()
    real = stored()
    print(f"{real.shape[1]} stored submissions, {len(real)} topics, boards of {COUNT}")
    for name in ("alike", "centred"):
        random = np.random.default_rng(1)
        alarms = sum(false_alarm(board(real, name, random)) for _ in range(asked.boards))
        held = binomtest(alarms, asked.boards).proportion_ci(0.95)
        print(
            f"{name}: a false difference on {alarms} of {asked.boards} boards, "
            f"{100 * alarms / asked.boards:.1f} % ({100 * held.low:.1f} to {100 * held.high:.1f})"
        )
    for step in (0.01, 0.02, 0.04, 0.08) if asked.whole else ():
        whole(real, step, asked.whole)


def stored() -> Values:
    """(topics, submissions) values of the main measure."""
    workspace = Workspace.find()
    place, store = find("atelier", workspace), Store(workspace.leaderboard)
    asked = queries.of(place, place.open()).queries
    columns = [
        by_topic(store.scores(place.name, result.submission)[MAIN.name], asked)
        for result in store.results(place.name)
    ]
    topics = sorted(set.intersection(*map(set, columns)))
    return np.array([[column[topic] for column in columns] for topic in topics])


def board(real: Values, kind: str, random: np.random.Generator) -> Values:
    """(topics, COUNT) values of equals."""
    topics, known = real.shape
    chances = random.dirichlet(np.full(known, 0.5), 1 if kind == "alike" else COUNT)
    chances = np.broadcast_to(chances, (COUNT, known))
    drawn = real[random.integers(topics, size=topics)]
    ends = chances.cumsum(axis=1)
    picked = (random.random((topics, COUNT, 1)) > ends[:, :-1]).sum(axis=2)
    values: Values = np.take_along_axis(drawn, picked, axis=1)
    return values - chances @ real.mean(axis=0)


def false_alarm(values: Values) -> bool:
    left, right = np.triu_indices(COUNT, 1)
    sums, products = values.sum(axis=0), values.T @ values
    squares = np.diag(products)[left] + np.diag(products)[right] - 2 * products[left, right]
    # Where two are the same on every topic, rounding alone is left.
    far = np.abs(sums[left] - sums[right]) / np.sqrt(np.maximum(squares, 1e-6))
    worst = np.argsort(far)[-100:]
    p_values = paired_p_values(values[:, left[worst]] - values[:, right[worst]])
    return bool(p_values.min() * PAIRS < LEVEL)


def whole(real: Values, step: float, boards: int) -> None:
    """Ten groups, each `step` above the next: are true places held, and how wide are they?"""
    random = np.random.default_rng(2)
    names = [f"s{number:03d}" for number in range(COUNT)]
    group = np.arange(COUNT) * GROUPS // COUNT
    size = COUNT // GROUPS
    across = PAIRS - GROUPS * size * (size - 1) // 2
    held, widths, found, spent = [], [], [], []
    for _ in range(boards):
        values = board(real, "centred", random) - step * group
        rows = {
            name: {f"t{topic:03d}": float(v) for topic, v in enumerate(column)}
            for name, column in zip(names, values.T, strict=True)
        }
        began = time.perf_counter()
        compared = compare_all(rows)
        spent.append(time.perf_counter() - began)
        for name, (best, worst) in places(names, compared).items():
            first = 1 + size * group[int(name[1:])]
            held.append(best <= first and first + size - 1 <= worst)
            widths.append(worst - best + 1)
        found.append(sum(pair.differs for pair in compared) / across)
    print(
        f"ten groups {step} apart, {boards} boards: places hold the true ones for "
        f"{sum(held)} of {len(held)} submissions; {100 * np.mean(found):.0f} % of true differences "
        f"found; places {np.median(widths):.0f} wide (the group is {size}); "
        f"{np.median(spent):.1f} s a board"
    )


if __name__ == "__main__":
    main()
