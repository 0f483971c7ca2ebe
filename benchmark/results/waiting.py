"""Submissions that no board has a figure of yet, for their weights lie on a hub."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from benchmark.submission import Submission, load_all, stages
from benchmark.submission_files import CARD

_TOLD = re.compile(r"([0-9][0-9,.]{0,12}) million parameters")
_LONGEST = 200_000
"""Characters of a card that are read."""


@dataclass(frozen=True)
class Waiting:
    """A submission; its weights and those it stands on, as (owner/name, commit); and how many
    million parameters its card says it has, "" where it does not."""

    submission: Submission
    weights: list[tuple[str, str]]
    told: str


def waiting(home: Path, ranked: Set[str]) -> list[Waiting]:
    """Those under `home` whose weights are pinned on a hub, and which are not `ranked`, by name.

    Whether this machine has fetched them meanwhile is not asked: it is the same everywhere.
    """
    found = []
    for name, one in load_all(home).items():
        if isinstance(one, Submission) and name not in ranked:
            every = one, *stages(home / name, one).values()
            pinned = dict.fromkeys(each.repository for each in every)
            weights = [(it.name, it.commit) for it in pinned if it and it.commit]
            if weights:
                found.append(Waiting(one, weights, _parameters(home / name / CARD)))
    return found


def _parameters(card: Path) -> str:
    with card.open(encoding="utf-8", errors="replace") as stream:
        told = _TOLD.search(stream.read(_LONGEST))
    return told[1] if told else ""
