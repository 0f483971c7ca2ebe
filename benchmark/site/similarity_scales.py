"""Each submission's own scale of similarities, and how little it says of what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from benchmark.results.schema import Result
from benchmark.scorers.measures import MAIN
from benchmark.site.both_boards import tau_b
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.temperature import temperature

_SEEN = 0.02
"""A difference of similarities that shows with two digits."""
_NEEDED = ("matched", "unmatched", "modality_gap")


@dataclass(frozen=True)
class Scale:
    """One submission's scale of similarities. `spread`: of those that do not belong together."""

    name: str
    main: float
    matched: float
    unmatched: float
    spread: float | None
    separation: float | None
    anisotropy: float | None
    gap: float
    temperature: float | None


@dataclass(frozen=True)
class Example:
    """Who has the lower similarities and finds more, and who the higher ones and finds less."""

    finds: Scale
    other: Scale


def scale(result: Result, home: Path) -> Scale | None:
    """None for what keeps no embeddings, and where no painting of grade 3 was there."""
    found = result.space.geometry if result.space else {}
    if not all(name in found for name in _NEEDED):
        return None
    separation = found.get("separation")
    apart = found["matched"] - found["unmatched"]
    return Scale(
        name=result.submission,
        main=result.measures[MAIN.name].mean,
        matched=found["matched"],
        unmatched=found["unmatched"],
        spread=apart / separation if separation else None,  # as separation is defined
        separation=separation,
        anisotropy=found.get("anisotropy"),
        gap=found["modality_gap"],
        temperature=temperature(home / result.submission),
    )


def example(board: Leaderboard, models: Sequence[Scale]) -> Example | None:
    """Of the better half, and the pairs there that tests tell apart with the lower similarities on
    the better side, the one whose similarities differ most."""
    found = [
        Example(one, other)
        for one, other in permutations(models[: (len(models) + 1) // 2], 2)
        if one.main > other.main
        and other.matched - one.matched >= _SEEN
        and board.pair(one.name, other.name).differs
    ]
    return max(found, key=lambda pair: pair.other.matched - pair.finds.matched, default=None)


def taus(models: Sequence[Scale]) -> dict[str, float]:
    """Kendall's tau-b with the main measure; none below three models."""
    whole = [one for one in models if one.separation is not None]
    if len(whole) < 3:
        return {}
    main = np.array([[one.main for one in whole]])
    sides = {
        "matched": np.array([[one.matched for one in whole]]),
        "separation": np.array([[one.separation for one in whole]], float),
    }
    return {name: float(tau_b(side, main)[0]) for name, side in sides.items()}
