"""The whole table of a collection as CSV: every measure with its interval, every cost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from benchmark.errors import plain
from benchmark.results.cost import Cost
from benchmark.results.current import CURRENT, Stale
from benchmark.results.marks import marks
from benchmark.results.schema import Result
from benchmark.results.self_reported import self_reported
from benchmark.scorers.measures import CATALOGUE, GEOMETRY, MEASURES

_NUMBERS = (int, float, float | None)
_COSTS = [name for name, field in Cost.model_fields.items() if field.annotation in _NUMBERS]
_ENERGY = ("queries", "pictures")
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")


def as_csv(
    current: Sequence[Result],
    places: Mapping[str, tuple[int, int]],
    stale: Sequence[Stale] = (),
) -> str:
    """One line a submission; `places`: the best and the worst place that each may have.

    Stale results come last, without a place; the column `state` says why.
    """
    names = [measure.name for measure in MEASURES]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["best_place", "worst_place", "state", "submission", "role", "inputs"]
        + ["paintings", "queries"]
        + [f"{name}{part}" for name in names for part in ("", " low", " high")]
        + [measure.name for measure in (*CATALOGUE, *GEOMETRY)]
        + ["parameters", "weight_mb", "bytes_per_painting", *_COSTS]
        + [*(f"joules_per_1000_{what}" for what in _ENERGY), "unstable"]
        + ["processor", "cores", "device", "isolation", "date", "self_reported"]
        + ["marks", "new_over_published", "new_over_published low", "new_over_published high"]
        + ["audit"]
    )
    told: list[tuple[Result, Sequence[object], str]]
    told = [(r, places[r.submission], CURRENT) for r in current]
    told += [(s.result, ("", ""), s.reason) for s in stale]
    for r, place, state in told:
        row: list[object] = [*place, state, r.submission, r.about.role]
        row += ["+".join(r.about.inputs), r.collection.paintings, r.queries.queries]
        for name in names:
            value = r.measures.get(name)
            row += [f"{v:.6f}" for v in (value.mean, value.low, value.high)] if value else [""] * 3
        space = r.space.geometry if r.space else {}
        row += [r.catalogue.get(measure.name, "") for measure in CATALOGUE]
        row += [space.get(measure.name, "") for measure in GEOMETRY]
        row += [sum(r.size.parameters.values()), r.size.weight_mb, r.size.bytes_per_painting]
        row += [*_costs(r.cost), r.provenance.date, " ".join(self_reported(r.size, r.cost))]
        row += ["; ".join(marks(r)), *_audit(r)]
        writer.writerow(cells(row))
    return out.getvalue()


def _audit(result: Result) -> list[object]:
    """The ratio of new to published pictures with its interval, and the verdict."""
    if result.audit is None:
        return ["", "", "", result.disguise.verdict if result.disguise else ""]
    ratio = result.audit.ratio
    return [*([ratio.mean, ratio.low, ratio.high] if ratio else [""] * 3), result.audit.verdict]


def cells(row: Iterable[object]) -> list[object]:
    """A line of CSV in which no text acts: not on a terminal, nor as a formula in a spreadsheet.

    A text that would begin a formula gets an apostrophe before it, unless it is a number.
    """
    return [_inert(cell) if isinstance(cell, str) else cell for cell in row]


def _inert(text: str) -> str:
    # Spreadsheets pass over blanks before a formula, and know wide signs as well.
    formula = text.startswith(("\t", "\r")) or text.lstrip().startswith(tuple("=+-@＝＋－＠"))
    return ("'" if formula and not _NUMBER.fullmatch(text) else "") + plain(text)


def _costs(cost: Cost | None) -> list[object]:
    if cost is None:
        return [""] * (len(_COSTS) + len(_ENERGY) + 5)
    here, energy = cost.hardware, cost.energy
    return [
        *(getattr(cost, name) for name in _COSTS),
        *(energy[what].joules if what in energy else "" for what in _ENERGY),
        " ".join(cost.unstable),
        here.processor,
        here.cores,
        here.device,
        cost.isolation,
    ]
