"""How far two annotation passes agree: Cohen's kappa a concept, Krippendorff's alpha over all.

    python -m benchmark.queries.museum.annotator_agreement

writes queries/museum-core/annotations/agreement.csv and prints the whole in a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.museum import small_tables
from benchmark.errors import one_line
from benchmark.queries.museum import visual_concepts
from benchmark.queries.museum.passes import FIRST, FOLDER, SECOND, Pass, read_pass
from benchmark.workspace import Workspace

LEAST = 5
"""Paintings in which a concept was seen, by either pass, before its kappa says anything."""


@dataclass(frozen=True)
class ConceptAgreement:
    """In how many paintings both, the first alone, the second alone saw a concept; None where it
    was seen in fewer than LEAST."""

    concept: str
    both: int
    first: int
    second: int
    kappa: float | None


def cohen_kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Cohen's kappa (1960) of two yes-or-no judgments (n,) of the same things; nan where both say
    the same of all."""
    agreed = float(np.mean(one == other))
    p, q = float(np.mean(one)), float(np.mean(other))
    chance = p * q + (1 - p) * (1 - q)
    return float("nan") if chance == 1 else (agreed - chance) / (1 - chance)


def krippendorff_alpha(one: NDArray[np.int64], other: NDArray[np.int64], ordinal: bool) -> float:
    """Krippendorff's alpha (2011) of two coders (n,) without gaps: 1 - observed / expected.

    The difference of two values is nominal, or ordinal as he defines it from how often the values
    between them occur.
    """
    values = np.unique(np.concatenate([one, other]))
    a, b = np.searchsorted(values, one), np.searchsorted(values, other)
    together = np.zeros((len(values), len(values)))
    np.add.at(together, (a, b), 1)
    together += together.T  # each unit is counted from either side
    total = together.sum(axis=0)
    upto = np.cumsum(total)
    between = np.abs(np.subtract.outer(upto - total / 2, upto - total / 2))
    apart = between**2 if ordinal else 1.0 - np.eye(len(values))
    n = total.sum()
    expected = (np.outer(total, total) * apart).sum() / (n - 1)
    return float(1 - (together * apart).sum() / expected) if expected else float("nan")


def by_concept(first: Pass, second: Pass, concepts: Sequence[str]) -> Iterator[ConceptAgreement]:
    """Each concept that either pass saw, in the vocabulary's order."""
    paintings = sorted(first)
    for concept in concepts:
        one = np.array([concept in first[name] for name in paintings])
        other = np.array([concept in second[name] for name in paintings])
        seen = int((one | other).sum())
        if seen:
            kappa = cohen_kappa(one, other) if seen >= LEAST else None
            both, alone = int((one & other).sum()), int((one & ~other).sum())
            yield ConceptAgreement(concept, both, alone, seen - both - alone, kappa)


def overall(first: Pass, second: Pass, concepts: Sequence[str], ordinal: bool) -> float:
    """Alpha over every pair of painting and concept that either pass saw anywhere."""
    paintings = sorted(first)
    tables = [
        np.array([seen[name].get(concept, 0) for name in paintings for concept in concepts])
        for seen in (first, second)
    ]
    if not ordinal:
        tables = [np.minimum(table, 1) for table in tables]
    return krippendorff_alpha(tables[0], tables[1], ordinal)


def publish(folder: Path) -> str:
    """Write agreement.csv of a collection's queries, and say the whole in a line."""
    concepts = visual_concepts.read(folder / visual_concepts.CSV)
    first, second = (read_pass(folder / FOLDER / name, concepts) for name in (FIRST, SECOND))
    rows = list(by_concept(first, second, list(concepts)))
    small_tables.write(
        folder / FOLDER / "agreement.csv",
        ("concept", "both", "first only", "second only", "kappa"),
        (
            (row.concept, row.both, row.first, row.second,
             "" if row.kappa is None else f"{row.kappa:.3f}")
            for row in rows
        ),
    )  # fmt: skip
    kappas = [row.kappa for row in rows if row.kappa is not None]
    seen = [row.concept for row in rows]
    nominal, ordinal = (overall(first, second, seen, order) for order in (False, True))
    return (
        f"{len(first)} paintings, {len(seen)} concepts seen; median kappa {np.median(kappas):.3f} "
        f"of {len(kappas)} seen {LEAST} times or more; alpha {nominal:.3f} (seen or not), "
        f"{ordinal:.3f} (by salience)"
    )


if __name__ == "__main__":
    with one_line():
        print(publish(Workspace.find().queries / "museum-core"))
