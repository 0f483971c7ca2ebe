"""The page that says why similarities of two models cannot be compared, and makes them so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from benchmark.collections.registry import Place
from benchmark.results.schema import Result
from benchmark.scorers.measures import MAIN
from benchmark.site import charts
from benchmark.site.both_boards import CHANCE, tau_b
from benchmark.site.calibrated import Calibrated, calibrated, tuning
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.temperature import temperature
from benchmark.site.templates import render

_NEEDED = ("matched", "unmatched", "modality_gap")


@dataclass(frozen=True)
class _Scale:
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
class _Example:
    """Who has the lower similarities and finds more, and who the higher ones and finds less."""

    finds: _Scale
    other: _Scale


@dataclass(frozen=True)
class _Part:
    """What the page says of one board."""

    board: Leaderboard
    scales: list[_Scale]
    example: _Example | None
    taus: dict[str, float]
    """How well the order by a figure agrees with that by the main measure."""
    tuned_on: Place | None
    fitted: list[Calibrated]
    left_out: list[str]
    """Those with a scale and no map yet."""


def draw(site: Site) -> Files:
    """The one page, and of each board its charts and the maps as data."""
    parts = [part for board in site.boards if (part := _part(site, board)).scales]
    for part in parts:
        path = part.board.path
        yield f"charts/{path}-similarities.svg", charts.similarities(_bars(part.scales))
        if part.fitted:
            lines = {one.submission: _points(one) for one in part.fitted}
            yield f"charts/{path}-calibration.svg", charts.calibration(lines)
            yield f"data/calibration/{path}.json", json.dumps(lines, indent=1) + "\n"
    yield PAGE.path, render("similarities.md.j2", parts=parts)


def _part(site: Site, board: Leaderboard) -> _Part:
    home = site.workspace.submissions
    scales = [found for one in board.results if (found := _scale(one, home)) is not None]
    models = [one for one in scales if one.name != CHANCE]
    tuned_on = tuning(site.workspace, board)
    fitted = calibrated(board, tuned_on) if tuned_on else []
    has = {one.submission for one in fitted}
    left_out = [one.name for one in scales if one.name not in has]
    return _Part(board, scales, _example(board, models), _taus(models), tuned_on, fitted, left_out)


def _scale(result: Result, home: Path) -> _Scale | None:
    """None for what keeps no embeddings, and where no painting of grade 3 was there."""
    found = result.space.geometry if result.space else {}
    if not all(name in found for name in _NEEDED):
        return None
    separation = found.get("separation")
    apart = found["matched"] - found["unmatched"]
    return _Scale(
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


def _example(board: Leaderboard, models: list[_Scale]) -> _Example | None:
    """Of the pairs that tests tell apart, with the lower similarities on the better side, the one
    whose similarities differ most."""
    found = [
        _Example(one, other)
        for one, other in permutations(models, 2)
        if one.main > other.main
        and one.matched < other.matched
        and board.pair(one.name, other.name).differs
    ]
    return max(found, key=lambda pair: pair.other.matched - pair.finds.matched, default=None)


def _taus(models: list[_Scale]) -> dict[str, float]:
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


def _bars(scales: list[_Scale]) -> list[charts.Datum]:
    return [
        {
            "name": one.name,
            "matched": one.matched,
            "unmatched": one.unmatched,
            "low": one.unmatched - (one.spread or 0),
            "high": one.unmatched + (one.spread or 0),
        }
        for one in scales
    ]


def _points(one: Calibrated) -> list[tuple[float, float]]:
    knots = zip(one.map.similarities.tolist(), one.map.probabilities.tolist(), strict=True)
    return [(round(similarity, 6), round(probability, 6)) for similarity, probability in knots]


PAGE = Page(path="similarities.md", title="Similarities", draw=draw)
