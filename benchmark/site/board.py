"""The rows of the leaderboard table, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np

from benchmark.results.schema import Cost, Result
from benchmark.results.statistics import paired_p_value
from benchmark.scorers.measures import MEASURES

SHOWN = ("hit_rate@1", "mrr", "map-l2", "recall-l2@100")
"""Measures beside the main one on the front page; the rest stand on a submission's page."""


_NUMBERS = (int, float, float | None)


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


def as_csv(results: Sequence[Result], places: Sequence[int]) -> str:
    """The whole table: every measure with its interval, every cost."""
    names = [measure.name for measure in MEASURES]
    costs = [name for name, field in Cost.model_fields.items() if field.annotation in _NUMBERS]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["place", "submission", "role", "inputs", "paintings", "queries"]
        + [f"{name}{part}" for name in names for part in ("", " low", " high")]
        + ["parameters", "weight_mb", "bytes_per_painting", *costs]
        + ["joules_per_1000_queries", "joules_per_1000_pictures", "unstable", "marks"]
        + ["processor", "cores", "device", "isolation", "date"]
    )
    for place, r in zip(places, results, strict=True):
        row: list[object] = [place, r.submission, r.about.role, "+".join(r.about.inputs)]
        row += [r.collection.paintings, r.queries.queries]
        for name in names:
            value = r.measures[name]
            row += [f"{v:.6f}" for v in (value.mean, value.low, value.high)]
        row += [sum(r.size.parameters.values()), r.size.weight_mb, r.size.bytes_per_painting]
        row += [getattr(r.cost, cost, None) for cost in costs]
        if r.cost is None:
            row += [None] * 8
        else:
            here, energy = r.cost.hardware, r.cost.energy
            row += [energy[w].joules if w in energy else None for w in ("queries", "pictures")]
            row += [" ".join(r.cost.unstable), "; ".join(r.cost.marks)]
            row += [here.processor, here.cores, here.device, r.cost.isolation]
        row += [r.provenance.date]
        writer.writerow(row)
    return out.getvalue()
