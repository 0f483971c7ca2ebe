"""The rows of the leaderboard table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np

from benchmark.results.schema import Result
from benchmark.results.statistics import paired_p_value
from benchmark.scorers.measures import MEASURES

SHOWN = ("hit_rate@1", "mrr", "map-l2", "recall-l2@100")
"""Measures beside the main one on the front page; the rest stand on a submission's page."""


def places(values: Sequence[Mapping[str, float]]) -> list[int]:
    """A place for each submission, best first, from its main measure by topic.

    It shares the place of the best one above it that a paired randomization test (5 %, Bonferroni
    over the comparisons made) does not tell it from: the order between them may be chance.
    """
    found: list[int] = []
    best: Mapping[str, float] = {}
    for number, mine in enumerate(values, 1):
        topics = sorted(mine.keys() & best.keys())
        pairs = [np.array([side[topic] for topic in topics]) for side in (best, mine)]
        if not found or paired_p_value(*pairs) < 0.05 / max(1, len(values) - 1):
            best, place = mine, number
        found.append(place)
    return found


def machine(result: Result) -> str:
    """The machine the costs of a result belong to, in words."""
    here = result.hardware
    return f"{here.processor}, {here.cores} cores, {here.memory_gb:g} GiB, {here.device}"


def machines(results: Sequence[Result]) -> dict[str, str]:
    """Each machine in words -> the letter that marks its costs; no letter where all is one."""
    found = sorted({machine(result) for result in results})
    letters = [""] if len(found) == 1 else [_letter(number) for number in range(len(found))]
    return dict(zip(found, letters, strict=True))


def _letter(number: int) -> str:
    """a to z, then aa, ab and so on."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def as_csv(results: Sequence[Result], places: Sequence[int]) -> str:
    """The whole table: every measure with its interval, every cost."""
    names = [measure.name for measure in MEASURES]
    costs = ["load_s", "pictures_per_s", "query_ms_p50", "query_ms_p90", "peak_memory_mb",
             "weight_mb", "bytes_per_painting"]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["place", "submission", "role", "inputs", "paintings", "queries"]
        + [f"{name}{part}" for name in names for part in ("", " low", " high")]
        + ["parameters", *costs, "processor", "cores", "device", "date"]
    )
    for place, r in zip(places, results, strict=True):
        row: list[object] = [place, r.submission, r.about.role, "+".join(r.about.inputs)]
        row += [r.collection.paintings, r.queries.queries]
        for name in names:
            value = r.measures[name]
            row += [f"{v:.6f}" for v in (value.mean, value.low, value.high)]
        row += [sum(r.cost.parameters.values()), *(getattr(r.cost, cost) for cost in costs)]
        row += [r.hardware.processor, r.hardware.cores, r.hardware.device, r.provenance.date]
        writer.writerow(row)
    return out.getvalue()
