"""What the leaderboard table shows, and the machines its costs belong to."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.results.schema import Result

SHOWN = ("hit_rate@1", "recall(rel=2)@100", "alpha_ndcg@10")
"""Measures beside the main one on the front page; the rest stand on a submission's page."""


def machine(result: Result) -> str:
    """The machine the costs of a result belong to, in words; empty where none was measured."""
    if result.cost is None:
        return ""
    here = result.cost.hardware
    return f"{here.processor}, {here.cores} cores, {here.memory_gb:g} GiB, {here.device}"


def machines(results: Sequence[Result]) -> dict[str, str]:
    """Each machine in words -> the letter that marks its costs; no letter where all is one."""
    found = sorted({machine(result) for result in results} - {""})
    letters = [""] if len(found) == 1 else [_letter(number) for number in range(len(found))]
    return dict(zip(found, letters, strict=True))


def _letter(number: int) -> str:
    """a to z, then aa, ab and so on."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)
